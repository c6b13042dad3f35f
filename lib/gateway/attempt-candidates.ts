import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { measurementBook } from "@/lib/measurements/measurements";
import { openUpstream } from "@/lib/providers/open-upstream";
import { accessState, nextConnectionOf, type ProviderAccess } from "@/lib/providers/provider-access";
import { withoutSecrets } from "@/lib/providers/remove-secrets";
import { taskAdapterOf } from "@/lib/providers/task-adapter";
import { UpstreamError, type UpstreamFailure } from "@/lib/providers/types";
import type { ChatChunk, ChatStream } from "@/lib/schemas/chat-chunk";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { RouteRecord } from "@/lib/schemas/route-record";
import type { Task } from "@/lib/schemas/task";
import { adapterTargetOf } from "./adapter-target";
import { type Signers, withoutForeignReasoning } from "./affinity";
import type { ClientSignal } from "./client-signal";
import { fetchMedia, type MediaShelf } from "./fetch-media";
import type { FileDesk } from "./file-desk";
import { fitRequest } from "./fit-request";
import { measureContext } from "./measure-context";
import { needsOf, type PromptNeeds } from "./needs-of";
import { openingOf, type Watch } from "./opening-of";
import type { OwnKeys } from "./own-keys";
import { withOwnModalities } from "./own-modalities";
import { isWholeAnswer, readAnswer, readText } from "./read-answer";
import type { PaidCandidate } from "./reserve-credit";
import type { SearchedRequest, SearchRun } from "./search-run";
import { type Failed, sharesCause } from "./shares-cause";
import { standInMedia } from "./stand-in-media";
import { replay } from "./tap-stream";
import { errorOf, failureOf, isProvidersFault, storedMessageOf, withRetryAfter } from "./upstream-failure";
import { wantsStream } from "./wants-stream";
import { ServerStopping, Watchdog } from "./watchdog";
import { withCitations } from "./with-citations";

/** Error bodies are read up to this size and for this long: the status alone is enough to go on. */
const MAX_ERROR_BYTES = 64 * 1024;
const MAX_ERROR_READ_MS = 2_000;

/** An endpoint that has begun to answer. From here on there is no falling back. */
export type OpenedAnswer = {
  candidate: PaidCandidate;
  sandbox: boolean;
  /** The provider sends it as a stream, and not whole. */
  streamed: boolean;
  /** As it was sent to this endpoint. */
  request: ChatRequest;
  /** The headers that went with it, whose secrets a failure may quote. */
  sentHeaders: Readonly<Record<string, string>>;
  /** Who searched the web for it. Absent: nobody. */
  search?: { engine: "exa"; results: number } | { engine: "native" };
  /** Pages of its files that were read by OCR for it. */
  ocrPages: number;
  /** `performance.now()` of the first content. */
  openedMs: number;
  /** Everything, from the first chunk on. Throws {@link UpstreamError} when the provider breaks off. */
  stream: ChatStream;
};

export type AttemptInput = {
  request: ChatRequest;
  candidates: readonly [PaidCandidate, ...PaidCandidate[]];
  /** What the prompt needs, measured where it is near a limit. */
  needs: PromptNeeds;
  /** Every attempt is noted here. */
  route: RouteRecord;
  /** Who signed the reasoning in the messages. */
  signers: Signers;
  /** The account's own keys, among them those of the candidates; absent: none is used. */
  own?: OwnKeys | undefined;
  /** What is asked instead of a conversation. */
  task?: Task | undefined;
  betaFeatures: readonly string[];
  /** Searches the web for whoever is tried. Absent: nothing is to be searched. */
  search?: SearchRun | undefined;
  /** Reads the request's files for endpoints that get them as text; absent: there are none. */
  files?: FileDesk | undefined;
  /** Told of each candidate whose provider is being called. */
  noteAsked?: (candidate: PaidCandidate) => void;
  /** Fires when the client goes away. */
  signal: ClientSignal;
};

/**
 * Tries the candidates in order until one speaks. A failure of the provider goes on to the next endpoint, a complaint
 * about the request itself to the next model, or to the endpoints of the model that it is not about. For a caller who does not stream, an answer that breaks off is a failure
 * like any other, since nothing of it has gone out; only when nobody does better it is given as far as it came.
 *
 * @throws AppError mapped from the last failure, with all attempts in its metadata; `client_closed_request` when the
 * client goes away first.
 */
export async function attemptCandidates(input: AttemptInput): Promise<OpenedAnswer> {
  const failed: Failed[] = [];
  const shelf: MediaShelf = new Map();
  let last: { failure: UpstreamFailure; candidate: PaidCandidate; refusal: AppError | undefined } | undefined;
  let empty: OpenedAnswer | undefined;
  let broken: OpenedAnswer | undefined;
  for (const candidate of input.candidates) {
    const protocol = accessOf(candidate, input)?.adapter.protocol;
    if (failed.some((before) => sharesCause(before, candidate, protocol))) continue;
    const outcome =
      input.search === undefined
        ? await attemptOne(candidate, { request: input.request }, input, shelf)
        : await attemptSearching(input.search, candidate, input, shelf);
    if (outcome.kind === "opened") {
      if (input.request.stream === true) return outcome.answer;
      const { answer, failure } = await readWhole(outcome.answer, input);
      if (failure === undefined) return answer;
      broken ??= answer;
      last = { failure, candidate, refusal: undefined };
      continue;
    }
    if (outcome.kind === "empty") {
      empty = outcome.answer;
      continue;
    }
    const { failure, refusal } = outcome;
    last = { failure, candidate, refusal };
    const isUnspeakable = refusal !== undefined && failure.cause !== "context_length";
    // Some providers refuse a wrong key as a wrong request: that says nothing of the next key.
    if (candidate.ownKey !== undefined && refusal === undefined && failure.cause === undefined) continue;
    failed.push({ candidate, failure, unspeakableIn: isUnspeakable ? protocol : undefined });
  }
  if (broken !== undefined) return broken;
  // Better an empty answer that its provider ended properly than none.
  if (empty !== undefined) return empty;
  if (last === undefined) throw new Error("there is always at least one candidate");
  throw last.refusal ?? errorOf(last.failure, last.candidate, input.route);
}

type Outcome =
  | { kind: "opened"; answer: OpenedAnswer }
  | { kind: "empty"; answer: OpenedAnswer }
  /** `refusal`: our own adapter cannot say the request; the provider was not asked. */
  | { kind: "failed"; failure: UpstreamFailure; refusal: AppError | undefined };

function accessOf({ endpoint, ownKey }: PaidCandidate, { own }: AttemptInput): ProviderAccess | undefined {
  return ownKey === undefined ? accessState().table.get(endpoint.provider.slug) : own?.byId.get(ownKey.id)?.access;
}

/** Statuses that may mean the search and not the request: a tool, a field, an address or an answer in a form nobody knows. */
const SEARCH_REFUSALS: readonly number[] = [400, 404, 405, 410, 422, 501, 502];

/** With what web search adds; once more without a provider's own search where that may be what it refused. */
async function attemptSearching(
  search: SearchRun,
  candidate: PaidCandidate,
  input: AttemptInput,
  shelf: MediaShelf,
): Promise<Outcome> {
  const outcome = await attemptOne(candidate, await search.requestFor(candidate), input, shelf);
  const isRefused =
    outcome.kind === "failed" &&
    outcome.failure.cause === undefined &&
    SEARCH_REFUSALS.includes(outcome.failure.status) &&
    search.giveUpNative(candidate);
  return isRefused ? attemptOne(candidate, await search.requestFor(candidate), input, shelf) : outcome;
}

async function attemptOne(
  candidate: PaidCandidate,
  searched: SearchedRequest,
  input: AttemptInput,
  shelf: MediaShelf,
): Promise<Outcome> {
  const { endpoint, model, ownKey } = candidate;
  const access = accessOf(candidate, input);
  const connection = access === undefined ? undefined : nextConnectionOf(access, endpoint);
  if (access === undefined || connection === undefined) {
    throw new Error(`the plan chose ${endpoint.id}, which is not configured`);
  }
  const spoken = searched.native?.adapter ?? access.adapter.forModel?.(endpoint.upstreamId) ?? access.adapter;
  const startedMs = performance.now();
  let droppedParameters: readonly string[] = [];
  let sentHeaders: OpenedAnswer["sentHeaders"] = {};
  const note = (status: number, error?: string) =>
    input.route.attempts.push({
      model: model.id,
      provider: endpoint.provider.name,
      endpoint: endpoint.tag,
      status,
      latencyMs: Math.round(performance.now() - startedMs),
      ...(error === undefined ? {} : { error }),
      ...(droppedParameters.length === 0 ? {} : { droppedParameters: [...droppedParameters] }),
      ...(access.sandbox ? { sandbox: true } : {}),
      ...(ownKey === undefined ? {} : { ownKey: ownKey.name }),
    });
  const { UPSTREAM_FIRST_TOKEN_TIMEOUT_MS, UPSTREAM_IDLE_TIMEOUT_MS, MAX_STREAM_SECONDS } = env();
  const watchdog = new Watchdog(input.signal, {
    firstContentMs: UPSTREAM_FIRST_TOKEN_TIMEOUT_MS,
    gapMs: UPSTREAM_IDLE_TIMEOUT_MS,
    totalMs: MAX_STREAM_SECONDS * 1_000,
  });

  try {
    const { slug } = endpoint.provider;
    const { request: sayable, leftOutOf } = withoutForeignReasoning(searched.request, slug, input.signers);
    for (const signer of leftOutOf) {
      input.route.notices.push(`reasoning signed by ${signer} was left out for ${endpoint.provider.name}`);
    }
    const read = input.files === undefined ? sayable : await input.files.requestFor(sayable, candidate);
    input.route.notices.push(...(input.files?.takeNotices() ?? []));
    const needs = read === sayable ? input.needs : await measureContext(read, [model], needsOf(read), () => true);
    const { request, notice } = await fitRequest(withOwnModalities(read, model), candidate, needs);
    if (notice !== undefined) input.route.notices.push(`${notice} (${model.id} at ${endpoint.tag})`);
    const adapter = input.task === undefined ? spoken : taskAdapterOf(spoken, input.task);
    const target = adapterTargetOf(candidate, connection);
    const fetched = access.sandbox
      ? standInMedia(request, adapter, target)
      : fetchMedia(request, adapter, target, shelf, input.signal);
    const upstream = adapter.buildRequest({
      request: fetched instanceof Promise ? await fetched : fetched,
      target,
      stream: wantsStream(input.request, candidate.maxTokens),
      maxTokens: candidate.maxTokens,
      betaFeatures: input.betaFeatures,
      search: searched.native?.search,
    });
    droppedParameters = upstream.droppedParameters;
    const { authorize, isGuarded } = connection;
    const authorized = authorize === undefined ? upstream : await authorize(upstream, target.region);
    input.noteAsked?.(candidate);
    sentHeaders = authorized.headers;
    const call = openUpstream(authorized, isGuarded);
    watchdog.guard(call);
    const response = await call.response;
    if (response.status < 200 || response.status >= 300) {
      // However the body ends, the status stands.
      const body = await readText(response, MAX_ERROR_BYTES, MAX_ERROR_READ_MS).catch(() => "");
      throw new UpstreamError(
        withRetryAfter({ ...adapter.decodeFailure(response.status, body), quoted: true }, response.headers),
      );
    }
    const watch: Watch = { watchdog, endpointId: endpoint.id, client: input.signal, mark: undefined };
    const opening = await openingOf(readAnswer(adapter, response), watch, aboutFiles(input.files));
    // An account's own key, its limits and its addresses say nothing of how the endpoint is for others.
    if (ownKey === undefined) watch.mark = measurementBook().noteOpened(endpoint.id, Date.now());
    const answer: OpenedAnswer = {
      candidate,
      sandbox: access.sandbox,
      request,
      sentHeaders,
      ocrPages: input.files?.ocrPages ?? 0,
      streamed: !isWholeAnswer(response),
      openedMs: performance.now(),
      ...searchOf(searched, opening.stream),
    };
    if (opening.empty) {
      note(response.status, "the answer is empty");
      return { kind: "empty", answer };
    }
    note(response.status);
    return { kind: "opened", answer };
  } catch (error) {
    watchdog.cancel();
    if (input.signal.aborted) {
      note(499, "the client went away");
      throw new AppError("client_closed_request", "The client went away before the answer began");
    }
    const failure = withoutSecrets(failureOf(error), sentHeaders);
    note(failure.status, storedMessageOf(failure));
    const isOurs = error instanceof ServerStopping || error instanceof AppError;
    if (ownKey === undefined && isProvidersFault(failure.status) && !isOurs) {
      measurementBook().noteFailed(endpoint.id, failure.status === 429, Date.now());
    }
    return { kind: "failed", failure, refusal: error instanceof AppError ? error : undefined };
  }
}

function searchOf({ native, results }: SearchedRequest, stream: ChatStream): Pick<OpenedAnswer, "search" | "stream"> {
  if (native !== undefined) return { stream, search: { engine: "native" } };
  if (results === undefined) return { stream };
  return { stream: withCitations(stream, results), search: { engine: "exa", results: results.length } };
}

/**
 * Reads an answer to its end. `failure`: the provider broke it off, and another may be tried; the answer then gives what
 * had come and breaks off too, as it does when the client or this server goes away meanwhile.
 */
async function readWhole(
  answer: OpenedAnswer,
  { route, signal }: AttemptInput,
): Promise<{ answer: OpenedAnswer; failure?: UpstreamFailure }> {
  const groups: (readonly ChatChunk[])[] = [];
  try {
    for await (const group of answer.stream) groups.push(group);
    return { answer: { ...answer, stream: replay(groups) } };
  } catch (error) {
    const read = { ...answer, stream: replay(groups, error) };
    if (signal.aborted || error instanceof ServerStopping) return { answer: read };
    const failure = withoutSecrets(failureOf(error), answer.sentHeaders);
    const attempt = route.attempts.at(-1);
    if (attempt !== undefined) attempt.error = storedMessageOf(failure);
    return { answer: read, failure };
  }
}

/** What was read of the request's files, which is said before the answer. */
function aboutFiles(files: FileDesk | undefined): readonly ChatChunk[] {
  const annotations = files?.annotations ?? [];
  return annotations.length === 0 ? [] : [{ delta: { annotations: [...annotations] } }];
}
