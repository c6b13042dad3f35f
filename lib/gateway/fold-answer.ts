import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatCompletion, ChatDelta, GeneratedAudio, Logprobs } from "@/lib/schemas/chat-completion";
import type { ReasoningDetail } from "@/lib/schemas/chat-request";

type Choice = ChatCompletion["choices"][number];
export type FoldedAnswer = Pick<Choice, "message" | "logprobs">;
type FoldedToolCall = NonNullable<Choice["message"]["tool_calls"]>[number];

/** Puts all pieces of a streamed answer together into the message that they make. */
export function foldAnswer(chunks: Iterable<ChatChunk>): FoldedAnswer {
  const content: string[] = [];
  const reasoning: string[] = [];
  const refusal: string[] = [];
  const toolCalls = new Map<number, FoldedToolCall>();
  const details: ReasoningDetail[] = [];
  const images: NonNullable<ChatDelta["images"]> = [];
  const annotations: NonNullable<ChatDelta["annotations"]> = [];
  let audio: GeneratedAudio | undefined;
  let logprobs: Logprobs | null = null;

  for (const { delta, logprobs: piece } of chunks) {
    if (piece !== undefined) logprobs = joinLogprobs(logprobs, piece);
    if (delta === undefined) continue;
    if (typeof delta.content === "string") content.push(delta.content);
    if (typeof delta.reasoning === "string") reasoning.push(delta.reasoning);
    if (typeof delta.refusal === "string") refusal.push(delta.refusal);
    for (const call of delta.tool_calls ?? []) foldToolCall(toolCalls, call);
    for (const detail of delta.reasoning_details ?? []) foldReasoningDetail(details, detail);
    images.push(...(delta.images ?? []));
    annotations.push(...(delta.annotations ?? []));
    if (delta.audio !== undefined) audio = joinAudio(audio, delta.audio);
  }

  const text = content.join("");
  const calls = [...toolCalls.values()].sort((a, b) => a.index - b.index);
  return {
    logprobs,
    message: {
      role: "assistant",
      // A message that only calls tools, or only refuses, has no content at all.
      content: text === "" && (calls.length > 0 || refusal.length > 0) ? null : text,
      refusal: refusal.length === 0 ? null : refusal.join(""),
      reasoning: reasoning.length === 0 ? null : reasoning.join(""),
      ...(details.length === 0 ? {} : { reasoning_details: details }),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
      ...(images.length === 0 ? {} : { images }),
      ...(audio === undefined ? {} : { audio }),
      ...(annotations.length === 0 ? {} : { annotations }),
    },
  };
}

function foldToolCall(calls: Map<number, FoldedToolCall>, piece: NonNullable<ChatDelta["tool_calls"]>[number]): void {
  const call = calls.get(piece.index);
  if (call === undefined) {
    calls.set(piece.index, {
      id: piece.id ?? "",
      type: "function",
      index: piece.index,
      function: { name: piece.function.name ?? "", arguments: piece.function.arguments ?? "" },
    });
    return;
  }
  if (call.id === "" && piece.id !== undefined) call.id = piece.id;
  if (call.function.name === "") call.function.name = piece.function.name ?? "";
  call.function.arguments += piece.function.arguments ?? "";
}

/** Pieces of one reasoning block (same type and index) are one block; its signature comes with the last. */
function foldReasoningDetail(details: ReasoningDetail[], piece: ReasoningDetail): void {
  const last = details.at(-1);
  const continues =
    last !== undefined &&
    last.type === piece.type &&
    last.index === piece.index &&
    piece.type !== "reasoning.encrypted" &&
    (last.signature === undefined || last.signature === null);
  if (!continues) {
    details.push({ ...piece });
    return;
  }
  if (typeof piece.text === "string") last.text = (last.text ?? "") + piece.text;
  if (typeof piece.summary === "string") last.summary = (last.summary ?? "") + piece.summary;
  if (typeof piece.signature === "string") last.signature = piece.signature;
  if (typeof piece.id === "string") last.id = piece.id;
}

function joinAudio(before: GeneratedAudio | undefined, piece: GeneratedAudio): GeneratedAudio {
  if (before === undefined) return { ...piece };
  return {
    ...before,
    ...piece,
    ...(before.data !== undefined || piece.data !== undefined
      ? { data: (before.data ?? "") + (piece.data ?? "") }
      : {}),
    ...(before.transcript !== undefined || piece.transcript !== undefined
      ? { transcript: (before.transcript ?? "") + (piece.transcript ?? "") }
      : {}),
  };
}

function joinLogprobs(before: Logprobs | null, piece: Logprobs): Logprobs {
  if (before === null) return piece;
  const join = <T>(a: T[] | null, b: T[] | null) => (a === null && b === null ? null : [...(a ?? []), ...(b ?? [])]);
  return { content: join(before.content, piece.content), refusal: join(before.refusal, piece.refusal) };
}
