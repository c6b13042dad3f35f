import type { Protocol } from "@/lib/schemas/catalog";
import { type LocalModel, localModelSchema } from "@/lib/schemas/local-model";
import { countOf, isRecord, type JsonRecord, listOf, recordOf, textOf } from "../json";

/** Reads JSON from a local server; `undefined` for whatever goes wrong. */
export type ReadJson = (url: string, body?: unknown) => Promise<unknown>;

/** What a server says of one model beyond its name; kept by its digest, because it is asked for one by one. */
export type ModelDetails = Map<string, JsonRecord>;

/**
 * The models that a server lists; `undefined` when it does not answer as a server of models would.
 * @param baseUrl the server's address, with or without the `/v1` under which it speaks the OpenAI protocol
 */
export async function listModels(
  baseUrl: string,
  protocol: Protocol,
  readJson: ReadJson,
  details: ModelDetails,
): Promise<readonly LocalModel[] | undefined> {
  const root = baseUrl.replace(/\/v1$/, "");
  if (protocol === "ollama") {
    const tagged = recordOf(await readJson(`${root}/api/tags`))?.models;
    if (Array.isArray(tagged)) return listTagged(root, tagged, readJson, details);
  }
  // The richer of the two lists, where there is one. Source: lmstudio.ai/docs/developer/rest/endpoints, as known in 2026-11.
  for (const url of [`${root}/api/v0/models`, `${root}/v1/models`]) {
    const list = recordOf(await readJson(url))?.data;
    if (Array.isArray(list)) return list.flatMap(listedModel);
  }
  return undefined;
}

/** Source: github.com/ollama/ollama, docs/api.md, as known in 2026-11. */
async function listTagged(
  root: string,
  tagged: readonly unknown[],
  readJson: ReadJson,
  details: ModelDetails,
): Promise<readonly LocalModel[]> {
  const models: LocalModel[] = [];
  for (const entry of tagged) {
    if (!isRecord(entry)) continue;
    const name = textOf(entry.name) ?? textOf(entry.model);
    if (name === undefined) continue;
    const key = `${root} ${name} ${textOf(entry.digest) ?? ""}`;
    const shown = details.get(key) ?? recordOf(await readJson(`${root}/api/show`, { model: name }));
    if (shown !== undefined) details.set(key, shown);
    const info = recordOf(shown?.model_info) ?? {};
    const contextKey = Object.keys(info).find((known) => known.endsWith(".context_length"));
    const skills = listOf(shown?.capabilities);
    const known = skills.length > 0;
    models.push({
      upstreamId: name,
      contextTokens: contextKey === undefined ? 0 : countOf(info[contextKey]),
      seesImages: skills.includes("vision"),
      takesTools: known ? skills.includes("tools") : undefined,
      reasons: skills.includes("thinking"),
      embeds: known ? !skills.includes("completion") && skills.includes("embedding") : false,
      createdSeconds: secondsOf(entry.modified_at),
    });
  }
  return models;
}

/** One entry of a list in OpenAI's form, with what several servers add to it. */
function listedModel(value: unknown): LocalModel[] {
  if (!isRecord(value)) return [];
  const skills = listOf(value.capabilities);
  const kind = textOf(value.type) ?? "";
  const model = localModelSchema.safeParse({
    upstreamId: value.id,
    // LM Studio, vLLM, llama.cpp, in this order.
    contextTokens: countOf(
      value.max_context_length ?? value.max_model_len ?? value.context_length ?? recordOf(value.meta)?.n_ctx_train,
    ),
    seesImages: kind === "vlm" || skills.includes("vision"),
    takesTools: skills.length === 0 ? undefined : skills.includes("tool_use") || skills.includes("tools"),
    reasons: skills.includes("reasoning"),
    embeds: kind === "embeddings",
    createdSeconds: countOf(value.created),
  });
  return model.success ? [model.data] : [];
}

function secondsOf(date: unknown): number {
  const ms = Date.parse(textOf(date) ?? "");
  return Number.isFinite(ms) ? Math.max(0, Math.floor(ms / 1_000)) : 0;
}
