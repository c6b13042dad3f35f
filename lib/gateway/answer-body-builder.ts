import { invalidField } from "@/lib/errors";
import { buildBodies } from "@/lib/routing/body-builder/build-bodies";
import type { BuilderCatalog } from "@/lib/routing/body-builder/types";
import type { Caller } from "@/lib/schemas/caller";
import { type ChatStream, NO_TOKENS, type TokenUsage } from "@/lib/schemas/chat-chunk";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { RouteRecord } from "@/lib/schemas/route-record";
import { SSE_HEADERS } from "@/lib/sse/encode-sse";
import type { OpenedAnswer } from "./attempt-candidates";
import { readWithModel } from "./body-builder-model";
import { BODY_BUILDER } from "./body-builder-plan";
import { currentBuilder } from "./builder-catalog";
import type { ClientSignal } from "./client-signal";
import { Conversation } from "./conversation";
import { countPromptTokens, countTokens } from "./count-tokens";
import type { AnswerForm } from "./doors/door";
import { completeAnswer } from "./finish-answer";
import { newGenerationContext } from "./generation-context";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "./http";
import { needsOf } from "./needs-of";
import type { Plan } from "./plan-request";
import { reserveCredit } from "./reserve-credit";
import { DEFAULT_MODEL, type ResolvedRequest } from "./resolve-request";
import { newRouteRecord } from "./route-record";
import { streamAnswer } from "./stream-answer";

/**
 * Answers a request to the Body Builder: request bodies made of a sentence, as the JSON content of the answer. No
 * provider is needed and nothing is charged; it is metered, recorded and rendered as every other answer is.
 *
 * @throws AppError `invalid_request` without a user message; `insufficient_credits` for an account in debt.
 */
export async function answerBodyBuilder(
  plan: Plan,
  resolved: ResolvedRequest,
  form: AnswerForm,
  caller: Caller,
  received: GatewayRequest,
  startedMs: number,
): Promise<GatewayResponse> {
  const { request, requestedModel } = resolved;
  const hold = await reserveCredit(plan, needsOf(request), request, caller);
  const route: RouteRecord = {
    ...newRouteRecord({ ...resolved, router: BODY_BUILDER }, plan, []),
    strategy: "bodybuilder",
  };
  const content = JSON.stringify({ requests: await requestsOf(resolved, caller, route, received.signal) });
  const [candidate] = hold.candidates;
  const answer: OpenedAnswer = {
    candidate,
    sandbox: false,
    sentHeaders: {},
    streamed: false,
    ocrPages: 0,
    request,
    openedMs: performance.now(),
    stream: streamOf(content, await usageOf(request, content)),
  };
  const conversation = new Conversation(caller.accountId, request, received.headers["x-session-id"]);
  const context = newGenerationContext(
    { startedMs, caller, request, form, conversation, requestedModel, hold, route },
    received,
  );
  const headers = { "x-generation-id": context.id };
  return context.streamed
    ? { status: 200, headers: { ...SSE_HEADERS, ...headers }, body: streamAnswer(context, answer, received.signal) }
    : jsonResponse(200, await completeAnswer(context, answer, [], received.signal), headers);
}

/** Read by the model that the operator names, if there is one and it can, else here. */
async function requestsOf(resolved: ResolvedRequest, caller: Caller, route: RouteRecord, client: ClientSignal) {
  const { catalog, index } = currentBuilder();
  const { messages } = resolved.request;
  const defaultModel = defaultModelOf(caller, catalog);
  const built = buildBodies(messages, catalog, index, defaultModel);
  if (built === undefined) throw invalidField("messages", "must hold a user message that says what to ask of whom");
  const byModel = await readWithModel(resolved, catalog, caller, route, client);
  if (byModel === undefined && !built.recognised)
    route.notices.push(`no model was recognised in the message; the request is for ${defaultModel}`);
  return byModel ?? built.requests;
}

/** The account's own, unless that is gone, or this very router. */
function defaultModelOf({ settings: { defaultModel } }: Caller, catalog: BuilderCatalog): string {
  const own = defaultModel === null || defaultModel === BODY_BUILDER ? undefined : catalog.resolve(defaultModel);
  return own ?? DEFAULT_MODEL;
}

async function usageOf(request: ChatRequest, content: string): Promise<TokenUsage> {
  const [promptTokens, completionTokens] = [await countPromptTokens(request), await countTokens(content)];
  return { ...NO_TOKENS, promptTokens, completionTokens };
}

async function* streamOf(content: string, usage: TokenUsage): ChatStream {
  yield [{ delta: { content } }, { finishReason: "stop", nativeFinishReason: "stop", usage }];
}
