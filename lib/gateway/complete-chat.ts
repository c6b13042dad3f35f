import { getBilling } from "@/lib/billing/billing-state";
import { getCatalog } from "@/lib/catalog/catalog";
import { AppError } from "@/lib/errors";
import { readSearchWish } from "@/lib/plugins/web/read-search-wish";
import { findPresets } from "@/lib/presets/find-presets";
import type { RouteRecord } from "@/lib/schemas/route-record";
import { SSE_HEADERS } from "@/lib/sse/encode-sse";
import { admitFreeRequest } from "./admit-free-request";
import { answerBodyBuilder } from "./answer-body-builder";
import { attemptCandidates, type OpenedAnswer } from "./attempt-candidates";
import { authenticate } from "./authenticate";
import { betaFeaturesOf } from "./beta-features";
import { bodyBuilderPlan } from "./body-builder-plan";
import { chooseAutoModels } from "./choose-auto-models";
import type { ClientSignal } from "./client-signal";
import { Conversation } from "./conversation";
import type { Door } from "./doors/door";
import { endpointReach } from "./endpoint-reach";
import { completeAnswer } from "./finish-answer";
import { type GenerationContext, newGenerationContext } from "./generation-context";
import { type GatewayRequest, type GatewayResponse, jsonResponse, type OpenOperation } from "./http";
import { findOwnKeys, ownWaysOf } from "./own-keys";
import { planRequest, unroutable } from "./plan-request";
import { type ActivePlugin, prepareRequest } from "./prepare-request";
import { withReachableLimit } from "./reachable-limit";
import { readFiles } from "./read-files";
import { refuseBarePrompt } from "./refuse-bare-prompt";
import { requireKeyKind } from "./require-key-kind";
import { reserveCredit } from "./reserve-credit";
import { resolveRequest } from "./resolve-request";
import { newRouteRecord } from "./route-record";
import { renderRouterMetadata, wantsRouterMetadata } from "./router-metadata";
import { SearchRun } from "./search-run";
import { selectModels } from "./select-models";
import { settleUnanswered } from "./settle-generation";
import { COMMENT_AFTER_MS, streamAnswer } from "./stream-answer";

/** Completions by one public protocol. */
export const completeThrough =
  (door: Door): OpenOperation =>
  (request) =>
    completeChat(request, door);

/**
 * One completion, from the raw request to the answer: authenticate, parse, resolve, prepare, plan, admit, reserve,
 * attempt, meter, finish, settle. The door reads the request and writes the answer, all between is the same for every protocol.
 * The answer's last bytes come after its charge is committed.
 *
 * @throws AppError at any stage before the first content; nothing is charged then.
 */
async function completeChat(request: GatewayRequest, door: Door): Promise<GatewayResponse> {
  const startedMs = performance.now();
  const caller = await authenticate(request);
  requireKeyKind(caller, "inference");
  const parsed = door.read(request.body);
  const presets = await findPresets(parsed.request, caller.accountId, request.receivedMs);
  const defaults = { settings: caller.settings, presets };
  const resolved = selectModels(resolveRequest(parsed.request, getCatalog(), defaults), parsed.task);
  refuseBarePrompt(resolved);
  const building = bodyBuilderPlan(resolved);
  if (building !== undefined) return answerBodyBuilder(building, resolved, parsed.form, caller, request, startedMs);
  const prepared =
    parsed.task === undefined
      ? await prepareRequest(resolved.request, caller.accountId, request.signal)
      : { request: resolved.request, plugins: [] };
  const conversation = new Conversation(caller.accountId, resolved.request, request.headers["x-session-id"]);
  const own = await findOwnKeys(caller.accountId, request.receivedMs);
  const ownWays = own === undefined ? undefined : ownWaysOf(own, caller);
  const chosen = await chooseAutoModels(
    { ...resolved, request: prepared.request, ownWays },
    conversation,
    request.receivedMs,
  );
  const { read, files } = await readFiles(chosen, parsed.task, caller.accountId, request.signal);
  const planned =
    parsed.mustNameLimit === true
      ? { ...read, request: withReachableLimit(read.request, read.models, endpointReach(read)) }
      : read;
  const prompt = await planRequest(planned, conversation, request.receivedMs, parsed.needs);
  const { plan, signers } = prompt;
  const needs = files?.costing(prompt.needs) ?? prompt.needs;
  if (plan.kind === "unroutable") throw withMetadata(unroutable(plan), newRouteRecord(chosen, plan, []), request);
  const admission = await admitFreeRequest(plan, caller.accountId, Date.now);
  const hold = await reserveCredit(admission.plan, needs, read.request, caller).catch((error: unknown) => {
    admission.end(undefined);
    throw error;
  });
  const route = newRouteRecord(chosen, admission.plan, hold.candidates);
  const context = newGenerationContext(
    {
      startedMs,
      caller,
      request: read.request,
      conversation,
      form: parsed.form,
      requestedModel: resolved.requestedModel,
      hold,
      route,
    },
    request,
  );
  noteOnItsWay(context);
  const wish = parsed.task === undefined ? readSearchWish(read.request) : undefined;
  const opening = attemptCandidates({
    request: read.request,
    candidates: hold.candidates,
    needs,
    files,
    route,
    signers,
    own,
    task: parsed.task,
    betaFeatures: betaFeaturesOf(request.headers),
    search: wish === undefined ? undefined : new SearchRun(wish, read.request, route, request.signal),
    noteAsked: admission.noteAsked,
    signal: request.signal,
  }).then(
    (answer) => {
      admission.end(answer.candidate);
      return answer;
    },
    async (error: unknown) => {
      admission.end(undefined);
      await settleUnanswered(context, request.signal.aborted);
      // The route of a request that failed is kept too, and can be asked for by this id.
      if (error instanceof AppError) Object.assign(error.headers, idHeadersOf(context, door));
      files?.tellWith(error);
      throw withMetadata(error, route, request);
    },
  );
  const headers = headersOf(context, door);
  return context.streamed
    ? respondStreaming(context, opening, headers, request.signal)
    : respondWhole(context, await opening, prepared.plugins, headers, request.signal);
}

/** Tells with a refusal how the request was routed, if the caller asked for that. */
function withMetadata<E>(error: E, route: RouteRecord, request: GatewayRequest): E {
  if (error instanceof AppError && wantsRouterMetadata(request))
    Object.assign(error.supplement, { openrouter_metadata: renderRouterMetadata(route) });
  return error;
}

/** Waits for the answer to begin, so that a failure before it is an HTTP error; but not so long that clients give up. */
async function respondStreaming(
  context: GenerationContext,
  opening: Promise<OpenedAnswer>,
  headers: Record<string, string>,
  client: ClientSignal,
): Promise<GatewayResponse> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, COMMENT_AFTER_MS, undefined);
  });
  const answer = await Promise.race([opening, patience]).finally(() => clearTimeout(timer));
  const body = streamAnswer(context, answer ?? opening, client);
  return { status: 200, headers: { ...SSE_HEADERS, ...headers }, body };
}

async function respondWhole(
  context: GenerationContext,
  answer: OpenedAnswer,
  plugins: readonly ActivePlugin[],
  headers: Record<string, string>,
  client: ClientSignal,
): Promise<GatewayResponse> {
  return jsonResponse(200, await completeAnswer(context, answer, plugins, client), headers);
}

/** Until it is settled, the generation is known as one on its way, so that a crash does not lose sight of it. */
function noteOnItsWay(context: GenerationContext): void {
  const { settlements, instanceId } = getBilling();
  const [{ model }] = context.hold.candidates;
  settlements.open({
    generationId: context.id,
    instanceId,
    accountId: context.caller.accountId,
    apiKeyHash: context.caller.key?.hash ?? null,
    amountNanoUsd: context.hold.amountNanoUsd.toString(),
    requestedModel: context.requestedModel,
    modelId: model.id,
    streamed: context.streamed,
    createdAt: context.createdAt,
  });
}

function idHeadersOf({ id }: GenerationContext, { idHeader }: Door): Record<string, string> {
  return { "x-generation-id": id, ...(idHeader === undefined ? {} : { [idHeader]: id }) };
}

function headersOf(context: GenerationContext, door: Door): Record<string, string> {
  const [first] = context.hold.candidates;
  return {
    ...idHeadersOf(context, door),
    ...(first.clamped && first.maxTokens !== undefined ? { "x-max-tokens-clamped": String(first.maxTokens) } : {}),
  };
}
