import type { Protocol } from "@/lib/schemas/catalog";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { NativeSearch } from "@/lib/schemas/web-search";

/** What an adapter needs to know of the endpoint it speaks to. */
export type AdapterTarget = {
  providerSlug: string;
  /** The provider's own name of the model. */
  upstreamId: string;
  /** Without a slash at its end. */
  baseUrl: string;
  /** Empty where there is none, or where the connection signs requests itself. */
  apiKey: string;
  /** Where the request is to be worked on, for providers whose address or model names depend on it. */
  region?: string | undefined;
  /** What the connection says beside address and key: project, API version, name of a deployment. */
  settings?: ConnectionSettings | undefined;
  supportedParameters: ReadonlySet<string>;
  /** The endpoint's own limit on output tokens, if known. */
  maxOutputTokens: number | undefined;
  /** The model can reason, and how it takes the wish to. */
  reasoning:
    | {
        efforts: readonly string[];
        budget: boolean;
        minBudgetTokens?: number | undefined;
        maxBudgetTokens?: number | undefined;
      }
    | undefined;
};

export type AdapterInput = {
  request: ChatRequest;
  target: AdapterTarget;
  /** Ask the provider for a stream. The answer is decoded by its content type, whatever was asked. */
  stream: boolean;
  /** Output limit in tokens after clamping, `undefined` when neither the caller nor the budget sets one. */
  maxTokens: number | undefined;
  /** Allow-listed beta features for providers that know such a header. */
  betaFeatures: readonly string[];
  /** Have the provider search the web by itself. Only for the adapter that {@link Adapter.searching} gives. */
  search?: NativeSearch | undefined;
};

export type UpstreamRequest = {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Parameters of the caller that this provider cannot take; they are listed in the route. */
  droppedParameters: readonly string[];
};

/** A request as its protocol says it, before it is addressed and written down. */
export type BuiltBody = { body: Record<string, unknown>; droppedParameters: readonly string[] };

/** One event of a stream, whatever framed it: its name, if it has one, and its text. */
export type StreamEvent = { event: string | undefined; data: string };

/** How a stream is cut into events: server-sent events, or Amazon's binary event stream, whose events carry JSON. */
export type Framing = "sse" | "event-stream";

/** A decoder of one streamed answer. Stateful, synchronous, fed in order. */
export type StreamDecoder = {
  /**
   * @throws UpstreamError when the event reports a failure.
   * @throws Error (any other) when the event is not in the protocol.
   */
  decode(event: StreamEvent): readonly ChatChunk[];
  /** Whether the protocol's own end was seen, so that a cut stream is told from a finished one. */
  isComplete(): boolean;
};

/**
 * `context_length`: prompt and answer do not fit. `max_tokens`: more output is asked for than the model can give.
 * `content_policy`: its moderation refused the prompt. The rest: what is wrong with a picture in it.
 */
export type FailureCause =
  | "context_length"
  | "max_tokens"
  | "content_policy"
  | "image_unreachable"
  | "image_too_large"
  | "image_too_small"
  | "image_unsupported"
  | "image_invalid";

/** How a provider said no, independent of its wire format. */
export type UpstreamFailure = {
  /** HTTP status, or the one the error event stands for. */
  status: number;
  /** The provider's own short code, if it gave one. */
  providerCode: string | undefined;
  /** The provider's text, secrets removed, shortened. */
  message: string;
  /** The message is the provider's own text. It may quote the prompt: shown to the caller, stored nowhere. */
  quoted?: true;
  /** What the refusal is about, where the provider says so in a way we know. */
  cause?: FailureCause;
  /** The provider's `Retry-After`, if it sent one. */
  retryAfterSeconds?: number;
};

const FAILURE_BRAND = Symbol.for("signalbox.UpstreamError");

/**
 * A failure that a provider reported inside a stream or a body with status 200.
 *
 * Recognised by a brand, as `AppError` is: under Next the adapters that throw it were loaded by another bundle than the
 * pipeline that catches it.
 */
export class UpstreamError extends Error {
  readonly failure: UpstreamFailure;
  readonly [FAILURE_BRAND] = true;

  constructor(failure: UpstreamFailure) {
    super(failure.message);
    this.name = "UpstreamError";
    this.failure = failure;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && FAILURE_BRAND in value;
  }
}

/** One wire protocol. All members are pure: they build and read values, the transport does the rest. */
export type Adapter = {
  protocol: Protocol;
  /** @throws AppError `invalid_request` when the request cannot be said in this protocol, naming the field. */
  buildRequest(input: AdapterInput): UpstreamRequest;
  createStreamDecoder(): StreamDecoder;
  /** Reads a whole (not streamed) answer. @throws as {@link StreamDecoder.decode} */
  decodeBody(body: unknown): readonly ChatChunk[];
  /** Reads the body of an answer whose status is not 2xx. */
  decodeFailure(status: number, body: string): UpstreamFailure;
  /** Absent: server-sent events. */
  framing?: Framing;
  /** Where the provider speaks another protocol for some of its models: the adapter for this one. */
  forModel?(upstreamId: string): Adapter;
  /** What its provider's own web search knows of domains: those to search alone, or nothing. Absent: those to leave out, too. */
  searchDomains?: "include" | "none";
  /**
   * The adapter that has this endpoint search the web by itself, as {@link AdapterInput.search} says; `undefined`: it
   * cannot. Absent: none of the protocol's can.
   */
  searching?(target: Pick<AdapterTarget, "providerSlug" | "upstreamId">): Adapter | undefined;
  /** Whether this address has to be fetched by us, because the provider takes only bytes. Absent: it takes addresses. */
  wantsBytes?(kind: MediaKind, url: string, target: AdapterTarget): boolean;
  /** The protocol has no place for the addresses that are fetched, not even where nobody opens them. */
  hasNoAddresses?: true;
  /** Makes connections of a credential. Absent: an address and a key are all there is to one. */
  connect?(input: ConnectInput): Connected;
};

/** What an address in a request leads to. */
export type MediaKind = "image" | "file" | "video";

export type ConnectionSettings = Readonly<Record<string, string>>;

/** One way to reach a provider: where, and as whom. */
export type Connection = {
  /** Without a slash at its end; `{region}` stands for the region of the request. */
  baseUrl: string;
  /** Empty where there is none, or where `authorize` does without. */
  apiKey: string;
  /** The one region of this connection. Absent: wherever the endpoint is. */
  region?: string;
  settings?: ConnectionSettings;
  /** Its address was given by an account, so that nothing private may be behind it. */
  isGuarded?: true;
  /** Whether it leads to this endpoint. Absent: to all of the provider's. */
  serves?(endpoint: { modelId: string; upstreamId: string; region: string | undefined }): boolean;
  /**
   * Adds what proves who is asking, when a header with the key is not enough: a signature, a token that has to be fetched
   * first. A promise only where there is something to wait for.
   */
  authorize?(request: UpstreamRequest, region: string | undefined): UpstreamRequest | Promise<UpstreamRequest>;
};

export type ConnectInput = {
  /** The key, or JSON with all that the provider wants; empty where only an address is given. */
  credential: string;
  /** The operator's own address, else the catalog's; may hold `${VARIABLE}` placeholders. */
  baseUrl: string | undefined;
  /** An account's own credential may name addresses that this machine must not be made to call. */
  isAccounts?: boolean;
  /** The environment, which may hold more than the credential. Empty for a credential that an account gave. */
  variables: Readonly<Record<string, string | undefined>>;
};

export type Connected =
  | { kind: "connected"; connections: readonly [Connection, ...Connection[]] }
  /** `field`: the part of the credential that is wrong, `undefined` when it is none of them. */
  | { kind: "refused"; field: string | undefined; problem: string }
  /** There is nothing that could be one. */
  | { kind: "absent" };
