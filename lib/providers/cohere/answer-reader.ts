import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatDelta } from "@/lib/schemas/chat-completion";
import { callId } from "../call-id";
import { failureOf } from "../failure";
import { type JsonRecord, recordOf, textOf } from "../json";
import { UpstreamError } from "../types";
import { finishReasonOf } from "./finish-reasons";
import { readUsage } from "./read-usage";

/** What the pieces of one answer, streamed or whole, have in common: calls are counted, the end comes once. */
export class AnswerReader {
  #callCount = 0;
  #hasArguments = true;
  #isFinished = false;
  readonly #ids = new Set<string>();
  #upstreamId = "";

  /** Whether the API has said why it stopped. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  start(id: unknown): ChatChunk | undefined {
    const upstreamId = textOf(id);
    if (upstreamId === undefined || this.#upstreamId !== "") return undefined;
    this.#upstreamId = upstreamId;
    return { upstreamId };
  }

  /** @throws Error when it has no name */
  startCall(call: JsonRecord): ChatDelta {
    const { name: given, arguments: input } = recordOf(call.function) ?? {};
    const name = textOf(given);
    if (name === undefined) throw new Error("a tool call without a name");
    const index = this.#callCount++;
    const wireId = textOf(call.id);
    const id = wireId === undefined || this.#ids.has(wireId) ? callId(index, name, this.#upstreamId) : wireId;
    this.#ids.add(id);
    const text = textOf(input) ?? "";
    this.#hasArguments = text !== "";
    return { tool_calls: [{ index, id, type: "function", function: { name, arguments: text } }] };
  }

  continueCall(text: string | undefined): ChatDelta | undefined {
    if (text === undefined || this.#callCount === 0) return undefined;
    this.#hasArguments = true;
    return { tool_calls: [{ index: this.#callCount - 1, function: { arguments: text } }] };
  }

  /** A function without parameters gets no arguments at all, and clients parse them. */
  endCall(): ChatDelta | undefined {
    return this.#hasArguments ? undefined : this.continueCall("{}");
  }

  /** @throws UpstreamError when the end is a failure that says so */
  finish(native: unknown, usage: unknown, error: unknown): ChatChunk | undefined {
    const said = textOf(error);
    if (said !== undefined) throw new UpstreamError(failureOf({ message: said, code: textOf(native) ?? "ERROR" }));
    const chunk: ChatChunk = {};
    const counts = readUsage(usage);
    if (counts !== undefined) chunk.usage = counts;
    const word = textOf(native);
    if (word !== undefined && !this.#isFinished) {
      this.#isFinished = true;
      chunk.finishReason = finishReasonOf(word, this.#callCount > 0);
      chunk.nativeFinishReason = word;
    }
    return Object.keys(chunk).length === 0 ? undefined : chunk;
  }
}
