import { withoutSecrets } from "@/lib/providers/remove-secrets";
import { UpstreamError, type UpstreamFailure } from "@/lib/providers/types";
import type { ChatChunk, TokenUsage } from "@/lib/schemas/chat-chunk";
import type { FinishReason } from "@/lib/schemas/chat-completion";
import type { ReasoningDetail } from "@/lib/schemas/chat-request";
import type { OpenedAnswer } from "./attempt-candidates";
import type { ClientSignal } from "./client-signal";
import { signatureOf } from "./conversation";
import { tapStream } from "./tap-stream";
import { ClientTooSlow } from "./watchdog";

/** What became of an answer. */
export type AnswerOutcome = {
  candidate: OpenedAnswer["candidate"];
  /** As it was sent to the provider. */
  request: OpenedAnswer["request"];
  sandbox: boolean;
  /** The provider sent it as a stream, and not whole. */
  streamed: boolean;
  /** Who searched the web for it. */
  search: OpenedAnswer["search"];
  end: { kind: "finished" } | { kind: "aborted" } | { kind: "failed"; failure: UpstreamFailure };
  finishReason: FinishReason | undefined;
  nativeFinishReason: string | undefined;
  stopSequence: string | undefined;
  /** As the provider counted, if it did. */
  usage: TokenUsage | undefined;
  upstreamId: string | undefined;
  serviceTier: string | undefined;
  systemFingerprint: string | undefined;
  /** What only this provider can check of the reasoning in the answer. */
  signatures: readonly string[];
  /** Text that was produced, for our own count when the provider gives none. */
  producedText: () => string;
  /** Pictures that were produced. */
  pictures: number;
  /** Pages of the prompt's files that were read by OCR for it. */
  ocrPages: number;
  /** `performance.now()` of the first chunk and the end. */
  firstChunkMs: number;
  endMs: number;
};

export type MeteredAnswer = {
  /** The same chunks, without finish reasons and usage: those are told in the outcome, after settling. Never throws. */
  stream: AsyncIterableIterator<readonly ChatChunk[]>;
  /** Valid once the stream has ended. */
  outcome(): AnswerOutcome;
};

/** Passes chunks on and notes what settling needs. A failure or abort ends the stream and is told in the outcome. */
export function meterAnswer(answer: OpenedAnswer, client: ClientSignal): MeteredAnswer {
  const texts: string[] = [];
  const seen: Pick<
    AnswerOutcome,
    | "finishReason"
    | "nativeFinishReason"
    | "stopSequence"
    | "usage"
    | "upstreamId"
    | "serviceTier"
    | "systemFingerprint"
  > = {
    finishReason: undefined,
    nativeFinishReason: undefined,
    stopSequence: undefined,
    usage: undefined,
    upstreamId: undefined,
    serviceTier: undefined,
    systemFingerprint: undefined,
  };
  const firstChunkMs = answer.openedMs;
  let end: AnswerOutcome["end"] = { kind: "aborted" };
  let endMs = firstChunkMs;
  let pictures = 0;

  const signatures = new Map<string, string>();
  const note = (chunk: ChatChunk) => {
    const { delta } = chunk;
    if (delta !== undefined) noteText(delta, texts);
    if (delta?.images !== undefined) pictures += delta.images.length;
    if (delta?.reasoning_details !== undefined) noteSignatures(delta.reasoning_details, signatures);
    if (chunk.finishReason !== undefined) {
      seen.finishReason = chunk.finishReason;
      seen.stopSequence = chunk.stopSequence;
    }
    if (chunk.nativeFinishReason !== undefined) seen.nativeFinishReason = chunk.nativeFinishReason;
    if (chunk.usage !== undefined) seen.usage = chunk.usage;
    seen.upstreamId ??= chunk.upstreamId;
    seen.serviceTier ??= chunk.serviceTier;
    seen.systemFingerprint ??= chunk.systemFingerprint;
  };

  const finish = (how: AnswerOutcome["end"]) => {
    end = how;
    endMs = performance.now();
  };
  const stream = tapStream(answer.stream[Symbol.asyncIterator](), {
    each: (group) => {
      for (const chunk of group) note(chunk);
    },
    ended: () => finish({ kind: "finished" }),
    broke: (error) => {
      const isClients = client.aborted || error instanceof ClientTooSlow;
      finish(
        isClients
          ? { kind: "aborted" }
          : { kind: "failed", failure: withoutSecrets(failureOf(error), answer.sentHeaders) },
      );
    },
    abandoned: () => finish({ kind: "aborted" }),
  });

  return {
    stream,
    outcome: () => ({
      candidate: answer.candidate,
      request: answer.request,
      sandbox: answer.sandbox,
      streamed: answer.streamed,
      search: answer.search,
      end,
      ...seen,
      signatures: [...signatures.values()],
      producedText: () => texts.join(""),
      pictures,
      ocrPages: answer.ocrPages,
      firstChunkMs,
      endMs,
    }),
  };
}

/** A signature may come in pieces, which belong together by their index. */
function noteSignatures(details: readonly ReasoningDetail[], signatures: Map<string, string>): void {
  for (const detail of details) {
    const signature = signatureOf(detail);
    if (signature === undefined) continue;
    const key = detail.index == null ? signature : `${detail.index}`;
    signatures.set(key, detail.index == null ? signature : (signatures.get(key) ?? "") + signature);
  }
}

function noteText(delta: NonNullable<ChatChunk["delta"]>, texts: string[]): void {
  if (typeof delta.content === "string") texts.push(delta.content);
  if (typeof delta.reasoning === "string") texts.push(delta.reasoning);
  if (typeof delta.refusal === "string") texts.push(delta.refusal);
  for (const call of delta.tool_calls ?? []) {
    if (call.function.name !== undefined) texts.push(call.function.name);
    if (call.function.arguments !== undefined) texts.push(call.function.arguments);
  }
}

function failureOf(error: unknown): UpstreamFailure {
  if (error instanceof UpstreamError) return error.failure;
  return { status: 502, providerCode: undefined, message: "the provider disconnected unexpectedly" };
}
