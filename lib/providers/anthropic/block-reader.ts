import type { Annotation, ChatDelta } from "@/lib/schemas/chat-completion";
import { isRecord, type JsonRecord, recordOf, textOf } from "../json";
import { JSON_ANSWER_TOOL } from "../json-answer";
import { REASONING_FORMAT } from "./build-messages";

type OpenBlock =
  | { kind: "text" }
  | { kind: "thinking"; detailIndex: number; signature: string | undefined }
  | { kind: "call"; callIndex: number; input: unknown; hasInput: boolean }
  | { kind: "answer"; input: unknown; hasInput: boolean }
  /** Server tools and whatever comes to the API after us. */
  | { kind: "other" };

const NOTHING: ChatDelta | undefined = undefined;
const OTHER: OpenBlock = { kind: "other" };

/**
 * Reads the content blocks of one answer, streamed or whole, into deltas. Calls and pieces of reasoning are counted
 * separately from the API's block indexes, which count everything together.
 */
export class BlockReader {
  readonly #blocks = new Map<unknown, OpenBlock>();
  #callCount = 0;
  #detailCount = 0;

  /** Whether the model called a function of the caller's. */
  get hasToolCalls(): boolean {
    return this.#callCount > 0;
  }

  /** @param key whatever names the block in later events */
  start(key: unknown, block: JsonRecord): ChatDelta | undefined {
    switch (block.type) {
      case "text": {
        this.#blocks.set(key, { kind: "text" });
        const text = textOf(block.text);
        return text === undefined ? NOTHING : { content: text };
      }
      case "thinking": {
        const open: OpenBlock = { kind: "thinking", detailIndex: this.#detailCount++, signature: undefined };
        open.signature = textOf(block.signature);
        this.#blocks.set(key, open);
        return thinkingDelta(open.detailIndex, textOf(block.thinking));
      }
      case "redacted_thinking": {
        this.#blocks.set(key, OTHER);
        const data = textOf(block.data);
        if (data === undefined) return NOTHING;
        const index = this.#detailCount++;
        return { reasoning_details: [{ type: "reasoning.encrypted", data, format: REASONING_FORMAT, index }] };
      }
      case "tool_use":
        return this.#startCall(key, block);
      default:
        this.#blocks.set(key, OTHER);
        return NOTHING;
    }
  }

  delta(key: unknown, delta: JsonRecord): ChatDelta | undefined {
    const block = this.#blocks.get(key) ?? OTHER;
    switch (delta.type) {
      case "text_delta": {
        const text = textOf(delta.text);
        return text === undefined ? NOTHING : { content: text };
      }
      case "thinking_delta":
        return block.kind === "thinking" ? thinkingDelta(block.detailIndex, textOf(delta.thinking)) : NOTHING;
      case "signature_delta":
        // Told at the end of the block, in one piece with its mark.
        if (block.kind === "thinking") block.signature = textOf(delta.signature) ?? block.signature;
        return NOTHING;
      case "input_json_delta": {
        const json = textOf(delta.partial_json);
        if (json === undefined) return NOTHING;
        if (block.kind === "answer") {
          block.hasInput = true;
          return { content: json };
        }
        if (block.kind !== "call") return NOTHING;
        block.hasInput = true;
        return { tool_calls: [{ index: block.callIndex, function: { arguments: json } }] };
      }
      case "citations_delta": {
        const annotation = citationOf(delta.citation);
        return annotation === undefined ? NOTHING : { annotations: [annotation] };
      }
      default:
        return NOTHING;
    }
  }

  stop(key: unknown): ChatDelta | undefined {
    const block = this.#blocks.get(key) ?? OTHER;
    this.#blocks.delete(key);
    switch (block.kind) {
      case "thinking": {
        const { signature, detailIndex: index } = block;
        if (signature === undefined) return NOTHING;
        return { reasoning_details: [{ type: "reasoning.text", signature, format: REASONING_FORMAT, index }] };
      }
      // Without any delta the input is what the block began with: the whole of it from some servers, else an empty object.
      case "call":
        if (block.hasInput) return NOTHING;
        return { tool_calls: [{ index: block.callIndex, function: { arguments: inputText(block.input) } }] };
      case "answer":
        return block.hasInput ? NOTHING : { content: inputText(block.input) };
      case "text":
      case "other":
        return NOTHING;
    }
  }

  #startCall(key: unknown, block: JsonRecord): ChatDelta | undefined {
    const name = textOf(block.name) ?? "";
    if (name === JSON_ANSWER_TOOL) {
      this.#blocks.set(key, { kind: "answer", input: block.input, hasInput: false });
      return NOTHING;
    }
    const id = textOf(block.id);
    if (id === undefined || name === "") throw new Error("tool_use block without id or name");
    const callIndex = this.#callCount++;
    this.#blocks.set(key, { kind: "call", callIndex, input: block.input, hasInput: false });
    return { tool_calls: [{ index: callIndex, id, type: "function", function: { name, arguments: "" } }] };
  }
}

function thinkingDelta(index: number, text: string | undefined): ChatDelta | undefined {
  if (text === undefined) return NOTHING;
  return { reasoning: text, reasoning_details: [{ type: "reasoning.text", text, format: REASONING_FORMAT, index }] };
}

function inputText(input: unknown): string {
  return isRecord(input) ? JSON.stringify(input) : "{}";
}

/** Citations of the web; those of documents in the request have no counterpart in our format. */
export function citationOf(value: unknown): Annotation | undefined {
  const citation = recordOf(value);
  const url = textOf(citation?.url);
  if (url === undefined) return undefined;
  const title = textOf(citation?.title);
  const content = textOf(citation?.cited_text);
  return {
    type: "url_citation",
    url_citation: { url, ...(title === undefined ? {} : { title }), ...(content === undefined ? {} : { content }) },
  };
}
