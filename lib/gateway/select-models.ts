import { AppError } from "@/lib/errors";
import type { Model } from "@/lib/schemas/endpoint";
import type { Task } from "@/lib/schemas/task";
import type { ResolvedRequest } from "./resolve-request";

type Ability = "chat" | Task["kind"];

const PLACES = {
  chat: { path: "POST /api/v1/chat/completions", does: "converse", list: "GET /api/v1/models" },
  embeddings: { path: "POST /api/v1/embeddings", does: "make embeddings", list: "GET /api/v1/embeddings/models" },
  rerank: { path: "POST /api/v1/rerank", does: "rank documents", list: "GET /api/v1/models?output_modalities=rerank" },
} as const satisfies Record<Ability, { path: string; does: string; list: string }>;

/**
 * Leaves out the models that cannot do what is asked: an embedding model holds no conversation.
 *
 * @param task absent: a conversation
 * @throws AppError `invalid_request` when none is left
 */
export function selectModels(resolved: ResolvedRequest, task: Task | undefined): ResolvedRequest {
  const wanted = task?.kind ?? "chat";
  const { models } = resolved;
  if (models.every((model) => abilityOf(model) === wanted)) return resolved;

  const able = models.filter((model) => abilityOf(model) === wanted);
  const unable = models.filter((model) => abilityOf(model) !== wanted);
  const [first] = unable;
  if (able.length === 0 && first !== undefined) {
    const { path, does } = PLACES[abilityOf(first)];
    const message = `${first.id} does not ${PLACES[wanted].does}: it can ${does} at ${path}; ${PLACES[wanted].list} lists the models that do`;
    throw new AppError("invalid_request", message, { metadata: { field: "model" } });
  }
  const skipped = unable.map(({ id }) => `${id} does not ${PLACES[wanted].does} and was skipped`);
  return { ...resolved, models: able, notices: [...resolved.notices, ...skipped] };
}

function abilityOf({ fact: { outputModalities } }: Model): Ability {
  if (outputModalities.includes("embeddings")) return "embeddings";
  return outputModalities.includes("rerank") ? "rerank" : "chat";
}
