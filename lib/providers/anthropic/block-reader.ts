import { type Annotation, type ChatDelta, urlCitationSchema } from "@/lib/schemas/chat-completion";
import { isRecord, type JsonRecord, listOf, recordOf, textOf } from "../json";
import { JSON_ANSWER_TOOL } from "../json-answer";
import { REASONING_FORMAT } from "./build-messages";

type OpenBlock =
  | { kind: "text"; start: number; citations: Annotation[] }
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
  /** Of all text so far. */
  #textLength = 0;

  /** Whether the model called a function of the caller's. */
  get hasToolCalls(): boolean {
    return this.#callCount > 0;
  }

  /** @param key whatever names the block in later events */
  start(key: unknown, block: JsonRecord): ChatDelta | undefined {
    switch (block.type) {
      case "text": {
        const citations = listOf(block.citations).flatMap((citation) => citationOf(citation) ?? []);
        this.#blocks.set(key, { kind: "text", start: this.#textLength, citations });
        return this.#say(textOf(block.text));
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
        return this.#say(textOf(delta.text));
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
          return this.#say(json);
        }
        if (block.kind !== "call") return NOTHING;
        block.hasInput = true;
        return { tool_calls: [{ index: block.callIndex, function: { arguments: json } }] };
      }
      case "citations_delta": {
        // Told at the end of the block, when it is known what text they stand for.
        const annotation = citationOf(delta.citation);
        if (annotation !== undefined && block.kind === "text") block.citations.push(annotation);
        return NOTHING;
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
        return block.hasInput ? NOTHING : this.#say(inputText(block.input));
      case "text": {
        const { start, citations } = block;
        if (citations.length === 0) return NOTHING;
        return { annotations: citations.map((citation) => placed(citation, start, this.#textLength)) };
      }
      case "other":
        return NOTHING;
    }
  }

  #say(content: string | undefined): ChatDelta | undefined {
    if (content === undefined) return NOTHING;
    this.#textLength += content.length;
    return { content };
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

/** A citation stands for the whole text of its block: the API cuts its text where sources change. */
function placed(citation: Annotation, start: number, end: number): Annotation {
  const parsed = urlCitationSchema.parse(citation);
  return { ...parsed, url_citation: { ...parsed.url_citation, start_index: start, end_index: end } };
}

/** Citations of the web; those of documents in the request have no counterpart in our format. */
function citationOf(value: unknown): Annotation | undefined {
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
