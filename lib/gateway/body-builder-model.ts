import { z } from "zod";
import { getCatalog } from "@/lib/catalog/catalog";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { assembleBodies, type RequestBody } from "@/lib/routing/body-builder/assemble-bodies";
import type { BuilderCatalog } from "@/lib/routing/body-builder/types";
import type { Caller } from "@/lib/schemas/caller";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { RouteRecord } from "@/lib/schemas/route-record";
import { attemptCandidates } from "./attempt-candidates";
import { abortSignalOf, type ClientSignal } from "./client-signal";
import { Conversation } from "./conversation";
import { foldAnswer } from "./fold-answer";
import { planRequest, unroutable } from "./plan-request";
import type { PaidCandidate } from "./reserve-credit";
import { type ResolvedRequest, resolveRequest } from "./resolve-request";
import { newRouteRecord } from "./route-record";

/** The model repeats the task, so a long text would cost more than it is worth. */
const MAX_TEXT_CHARS = 8_000;
const MAX_ANSWER_TOKENS = 4_096;
const MAX_WAIT_MS = 30_000;
const MAX_MODELS = 64;

const readingSchema = z.object({
  models: z.array(z.string().min(1)).min(1).max(MAX_MODELS),
  task: z.string().min(1),
});

const RESPONSE_FORMAT: NonNullable<ChatRequest["response_format"]> = {
  type: "json_schema",
  json_schema: {
    name: "reading",
    strict: true,
    schema: {
      type: "object",
      properties: { models: { type: "array", items: { type: "string" } }, task: { type: "string" } },
      required: ["models", "task"],
      additionalProperties: false,
    },
  },
};

/**
 * Has the model that the operator names (`BODY_BUILDER_MODEL`) read whom a message wants to be asked. It is called under
 * the caller's own preferences, and at the operator's expense: nothing is charged to the caller.
 *
 * @returns `undefined` when no model is named, the message is not a short text, or the answer is not valid; the route
 * says which.
 */
export async function readWithModel(
  resolved: ResolvedRequest,
  catalog: BuilderCatalog,
  caller: Caller,
  route: RouteRecord,
  client: ClientSignal,
): Promise<readonly RequestBody[] | undefined> {
  const { BODY_BUILDER_MODEL: model } = env();
  const { messages } = resolved.request;
  const text = messages.findLast(({ role }) => role === "user")?.content;
  if (model === undefined || typeof text !== "string" || text.length > MAX_TEXT_CHARS) return undefined;
  const signal = AbortSignal.any([abortSignalOf(client), AbortSignal.timeout(MAX_WAIT_MS)]);
  try {
    const answer = await ask(model, text, resolved, catalog, caller, signal);
    const { models, task } = readingSchema.parse(JSON.parse(answer));
    const ids = models.map((slug) => catalog.resolve(slug.toLowerCase()));
    const known = ids.filter((id) => id !== undefined);
    if (known.length < ids.length) throw new Error("the answer names a model that does not exist");
    route.notices.push(`the message was read by ${model}`);
    return assembleBodies(messages, [...new Set(known)], task);
  } catch (error) {
    if (client.aborted) throw error;
    // Neither the prompt nor the answer may get into the log: of a parser's error the kind alone.
    const reason = error instanceof AppError ? error.code : error instanceof Error ? error.name : "unknown";
    log().warn({ model, reason }, "BODY_BUILDER_MODEL gave no valid answer; the message was read here");
    route.notices.push(`${model} gave no valid answer; the message was read here`);
    return undefined;
  }
}

async function ask(
  model: string,
  text: string,
  resolved: ResolvedRequest,
  catalog: BuilderCatalog,
  caller: Caller,
  signal: AbortSignal,
): Promise<string> {
  const request: ChatRequest = {
    model,
    messages: [
      { role: "system", content: instructionsFor(catalog) },
      { role: "user", content: text },
    ],
    response_format: RESPONSE_FORMAT,
    max_tokens: MAX_ANSWER_TOKENS,
    temperature: 0,
  };
  // What the caller (or the account) forbids providers to do with prompts holds for this one too.
  const inner = {
    ...resolveRequest(request, getCatalog(), { settings: caller.settings, presets: new Map() }),
    preferences: resolved.preferences,
  };
  const conversation = new Conversation(caller.accountId, request, undefined);
  const { plan, needs, signers } = await planRequest(inner, conversation, Date.now());
  if (plan.kind === "unroutable") throw unroutable(plan);
  const [first, ...rest] = plan.candidates.map(
    (candidate): PaidCandidate => ({
      ...candidate,
      maxTokens: MAX_ANSWER_TOKENS,
      paidOutputTokens: undefined,
      clamped: false,
    }),
  );
  if (first === undefined) throw new Error("a plan has at least one candidate");
  const opened = await attemptCandidates({
    request,
    candidates: [first, ...rest],
    needs,
    signers,
    route: newRouteRecord(inner, plan, []),
    betaFeatures: [],
    signal,
  });
  const chunks: ChatChunk[] = [];
  for await (const group of opened.stream) chunks.push(...group);
  const { content } = foldAnswer(chunks).message;
  return typeof content === "string" ? content : "";
}

function instructionsFor({ models, rankings }: BuilderCatalog): string {
  const listed = models
    .filter(({ fact }) => fact.status === "active" && fact.outputModalities.includes("text"))
    .map(({ id }) => id);
  const ranked = [...rankings].map(([use, ids]) => `${use}: ${ids.join(", ")}`);
  return [
    "The user's message names language models, or describes which and how many of them, and gives them a task.",
    'Answer with JSON: "models" lists the ids of the models that are meant, "task" is the message without the words that',
    "say which models are to be asked, otherwise word for word. Do not carry out the task.",
    "A name without a version means its latest version. Where models are only described, take them from the rankings in",
    `their order, different authors if different models are asked for. If no model is meant: ["openrouter/auto"].`,
    "",
    `Models, newest first: ${listed.join(", ")}`,
    "",
    "Rankings:",
    ...ranked,
  ].join("\n");
}
