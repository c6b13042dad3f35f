import { newGenerationId } from "@/lib/id";
import type { Caller } from "@/lib/schemas/caller";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { RouteRecord } from "@/lib/schemas/route-record";
import type { Conversation } from "./conversation";
import type { AnswerForm } from "./doors/door";
import type { GatewayRequest } from "./http";
import type { Hold } from "./reserve-credit";
import { wantsRouterMetadata } from "./router-metadata";

/** Everything about one generation that is known before a provider is asked. Nothing in it changes but the route. */
export type GenerationContext = {
  id: string;
  /** Seconds since 1970, the same in every chunk. */
  createdSeconds: number;
  /** The same moment to the millisecond, ISO 8601. */
  createdAt: string;
  receivedMs: number;
  /** `performance.now()` when the request arrived, for durations. */
  startedMs: number;
  caller: Caller;
  request: ChatRequest;
  conversation: Conversation;
  /** How the answer is written. */
  form: AnswerForm;
  requestedModel: string;
  streamed: boolean;
  hold: Hold;
  route: RouteRecord;
  /** The caller asked to be told how the request was routed. */
  wantsRouterMetadata: boolean;
  client: { httpReferer: string | null; appTitle: string | null; userAgent: string | null; sessionId: string | null };
};

const MAX_HEADER_CHARS = 512;

export function newGenerationContext(
  given: Omit<
    GenerationContext,
    "id" | "createdSeconds" | "createdAt" | "client" | "streamed" | "receivedMs" | "wantsRouterMetadata"
  >,
  gatewayRequest: GatewayRequest,
): GenerationContext {
  const { headers, receivedMs } = gatewayRequest;
  const header = (name: string) => headers[name]?.slice(0, MAX_HEADER_CHARS) ?? null;
  // Field by field: a copy that is added to costs four times as much, and this is made for every request.
  return {
    caller: given.caller,
    request: given.request,
    conversation: given.conversation,
    form: given.form,
    requestedModel: given.requestedModel,
    hold: given.hold,
    route: given.route,
    startedMs: given.startedMs,
    id: newGenerationId(receivedMs),
    createdSeconds: Math.floor(receivedMs / 1_000),
    createdAt: new Date(receivedMs).toISOString(),
    receivedMs,
    streamed: given.request.stream === true,
    wantsRouterMetadata: wantsRouterMetadata(gatewayRequest),
    client: {
      httpReferer: header("http-referer") ?? header("referer"),
      appTitle: header("x-openrouter-title") ?? header("x-title"),
      userAgent: header("user-agent"),
      sessionId: given.conversation.sessionId,
    },
  };
}
