import { describe, expect, test } from "vitest";
import { normalizePreferences } from "@/lib/routing/normalize-preferences";
import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import type { ModelFact } from "@/lib/schemas/catalog";
import type { Task } from "@/lib/schemas/task";
import { refusalBy } from "@/lib/testing/door-tools";
import { makeModel } from "@/lib/testing/make-model";
import type { ResolvedRequest } from "./resolve-request";
import { selectModels } from "./select-models";

const modelOf = (id: string, outputModalities: ModelFact["outputModalities"]) =>
  makeModel({ id, endpoints: [{ provider: "acme" }], fact: { outputModalities } });
const MODELS = {
  chat: modelOf("a/chat", ["text"]),
  image: modelOf("a/image", ["image"]),
  embeddings: modelOf("a/embed", ["embeddings"]),
  rerank: modelOf("a/rerank", ["rerank"]),
};
type Kind = keyof typeof MODELS;

const EMBED: Task = { kind: "embeddings", inputs: [], dimensions: undefined, inputType: undefined, user: undefined };
const RANK: Task = { kind: "rerank", query: "q", documents: [], topN: undefined };

function resolved(kinds: readonly Kind[]): ResolvedRequest {
  const request = { messages: [{ role: "user" as const, content: "hi" }] };
  return {
    request,
    requestedModel: "a",
    models: kinds.map((kind) => MODELS[kind]),
    preferences: normalizePreferences(undefined, undefined, DEFAULT_ACCOUNT_SETTINGS),
    variantSorts: new Map(),
    presets: [],
    router: undefined,
    notices: ["before"],
  };
}

describe("only those that can do what is asked are left", () => {
  test.each<{ task: Task | undefined; models: Kind[]; left: Kind[] }>([
    { task: undefined, models: ["chat", "image"], left: ["chat", "image"] },
    { task: undefined, models: ["embeddings", "chat"], left: ["chat"] },
    { task: EMBED, models: ["chat", "embeddings", "rerank"], left: ["embeddings"] },
    { task: RANK, models: ["rerank", "chat"], left: ["rerank"] },
  ])("$task.kind of $models: $left", ({ task, models, left }) => {
    const selected = selectModels(resolved(models), task);
    expect(selected.models).toEqual(left.map((kind) => MODELS[kind]));
    expect(selected.notices).toHaveLength(1 + models.length - left.length);
  });
});

describe("when none is left, the refusal says where the model does work", () => {
  test.each<{ task: Task | undefined; model: Kind; message: RegExp }>([
    {
      task: undefined,
      model: "embeddings",
      message: /^a\/embed does not converse: .*POST \/api\/v1\/embeddings; GET \/api\/v1\/models /,
    },
    { task: undefined, model: "rerank", message: /^a\/rerank does not converse: .*POST \/api\/v1\/rerank/ },
    {
      task: EMBED,
      model: "chat",
      message: /^a\/chat does not make embeddings: .*chat\/completions; GET \/api\/v1\/embeddings\/models/,
    },
    { task: RANK, model: "embeddings", message: /^a\/embed does not rank documents: / },
  ])("$model for $task.kind", ({ task, model, message }) => {
    const error = refusalBy(() => selectModels(resolved([model]), task));
    expect(error).toMatchObject({ code: "invalid_request", metadata: { field: "model" } });
    expect(error.message).toMatch(message);
  });
});
