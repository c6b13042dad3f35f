import type { ChatChunk, TokenUsage } from "@/lib/schemas/chat-chunk";
import type { Annotation, FinishReason, GeneratedImage, Logprobs } from "@/lib/schemas/chat-completion";
import type { ReasoningDetail } from "@/lib/schemas/chat-request";

type FoldedAnswer = {
  content: string;
  reasoning: string;
  refusal: string;
  toolCalls: { id: string; name: string; arguments: string }[];
  reasoningDetails: ReasoningDetail[];
  images: GeneratedImage[];
  annotations: Annotation[];
  audio: string;
  logprobs: Logprobs | undefined;
  finishReason: FinishReason | undefined;
  nativeFinishReason: string | undefined;
  usage: TokenUsage | undefined;
  upstreamId: string | undefined;
  systemFingerprint: string | undefined;
  serviceTier: string | undefined;
};

/**
 * Folds chunks into the answer they tell, strictly: it throws on what no client could put together, such as a fragment
 * of a call that never began. Independent of the fold in production, so that it can judge it.
 */
export function foldAnswer(chunks: readonly ChatChunk[]): FoldedAnswer {
  const answer: FoldedAnswer = {
    content: "",
    reasoning: "",
    refusal: "",
    toolCalls: [],
    reasoningDetails: [],
    images: [],
    annotations: [],
    audio: "",
    logprobs: undefined,
    finishReason: undefined,
    nativeFinishReason: undefined,
    usage: undefined,
    upstreamId: undefined,
    systemFingerprint: undefined,
    serviceTier: undefined,
  };
  for (const chunk of chunks) addChunk(answer, chunk);
  return answer;
}

function addChunk(answer: FoldedAnswer, chunk: ChatChunk): void {
  const { delta } = chunk;
  answer.content += delta?.content ?? "";
  answer.reasoning += delta?.reasoning ?? "";
  answer.refusal += delta?.refusal ?? "";
  answer.audio += delta?.audio?.data ?? "";
  answer.images.push(...(delta?.images ?? []));
  answer.annotations.push(...(delta?.annotations ?? []));
  for (const detail of delta?.reasoning_details ?? []) addDetail(answer.reasoningDetails, detail);
  for (const { index, id, type, function: call } of delta?.tool_calls ?? []) {
    const known = answer.toolCalls[index];
    if (known === undefined) {
      if (index !== answer.toolCalls.length) throw new Error(`call ${index} follows ${answer.toolCalls.length} calls`);
      if (!id || type !== "function" || !call.name) throw new Error("first fragment lacks id, type or name");
      answer.toolCalls.push({ id, name: call.name, arguments: call.arguments ?? "" });
    } else {
      if (id !== undefined || type !== undefined || call.name !== undefined) throw new Error("call began twice");
      known.arguments += call.arguments ?? "";
    }
  }
  answer.logprobs = chunk.logprobs ?? answer.logprobs;
  if (chunk.finishReason !== undefined) {
    if (answer.finishReason !== undefined) throw new Error("answer finished twice");
    answer.finishReason = chunk.finishReason;
    answer.nativeFinishReason = chunk.nativeFinishReason;
  }
  answer.usage = chunk.usage ?? answer.usage;
  answer.upstreamId = chunk.upstreamId ?? answer.upstreamId;
  answer.systemFingerprint = chunk.systemFingerprint ?? answer.systemFingerprint;
  answer.serviceTier = chunk.serviceTier ?? answer.serviceTier;
}

/** Pieces of one detail share type and index: texts add up, the signature comes with the last. */
function addDetail(details: ReasoningDetail[], detail: ReasoningDetail): void {
  const last = details.at(-1);
  if (last === undefined || detail.index == null || last.type !== detail.type || last.index !== detail.index) {
    details.push({ ...detail });
    return;
  }
  const text = (last.text ?? "") + (detail.text ?? "");
  Object.assign(last, detail, text === "" ? {} : { text });
}
