import { newGenerationId } from "@/lib/id";
import type { Caller } from "@/lib/schemas/caller";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { RouteRecord } from "@/lib/schemas/route-record";
import type { GatewayRequest } from "./http";
import type { Hold } from "./reserve-credit";

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
  requestedModel: string;
  streamed: boolean;
  hold: Hold;
  /** Tokens of the prompt's pictures, sound and documents, roughly, for our own count. */
  mediaTokensEstimate: number;
  route: RouteRecord;
  client: { httpReferer: string | null; appTitle: string | null; userAgent: string | null; sessionId: string | null };
};

const MAX_HEADER_CHARS = 512;

export function newGenerationContext(
  given: Omit<GenerationContext, "id" | "createdSeconds" | "createdAt" | "client" | "streamed" | "receivedMs">,
  { headers, receivedMs }: GatewayRequest,
): GenerationContext {
  const header = (name: string) => headers[name]?.slice(0, MAX_HEADER_CHARS) ?? null;
  // Field by field: a copy that is added to costs four times as much, and this is made for every request.
  return {
    caller: given.caller,
    request: given.request,
    requestedModel: given.requestedModel,
    hold: given.hold,
    mediaTokensEstimate: given.mediaTokensEstimate,
    route: given.route,
    startedMs: given.startedMs,
    id: newGenerationId(receivedMs),
    createdSeconds: Math.floor(receivedMs / 1_000),
    createdAt: new Date(receivedMs).toISOString(),
    receivedMs,
    streamed: given.request.stream === true,
    client: {
      httpReferer: header("http-referer") ?? header("referer"),
      appTitle: header("x-openrouter-title") ?? header("x-title"),
      userAgent: header("user-agent"),
      sessionId: given.request.session_id ?? header("x-session-id"),
    },
  };
}
