import type { Annotation, ChatDelta } from "@/lib/schemas/chat-completion";
import { REASONING_FORMAT } from "../anthropic/build-messages";
import { isRecord, type JsonRecord, listOf, recordOf, textOf } from "../json";
import { JSON_ANSWER_TOOL } from "../json-answer";
import { dataUrl } from "../media";

type OpenBlock =
  | { kind: "reasoning"; detailIndex: number; signature: string | undefined }
  | { kind: "call"; callIndex: number; hasInput: boolean }
  | { kind: "answer"; hasInput: boolean }
  | { kind: "image"; format: string };

const NOTHING: ChatDelta | undefined = undefined;

/**
 * Reads the content blocks of one answer, streamed or whole, into deltas. Calls and pieces of reasoning are counted
 * separately from the API's block indexes, which count everything together; only calls and pictures are announced.
 */
export class BlockReader {
  readonly #blocks = new Map<unknown, OpenBlock>();
  #callCount = 0;
  #detailCount = 0;

  /** Whether the model called a function of the caller's. */
  get hasToolCalls(): boolean {
    return this.#callCount > 0;
  }

  start(key: unknown, start: JsonRecord): ChatDelta | undefined {
    const toolUse = recordOf(start.toolUse);
    if (toolUse !== undefined) return this.#startCall(key, toolUse);
    const image = recordOf(start.image);
    if (image !== undefined) this.#blocks.set(key, { kind: "image", format: textOf(image.format) ?? "png" });
    return NOTHING;
  }

  delta(key: unknown, delta: JsonRecord): ChatDelta | undefined {
    const text = textOf(delta.text);
    if (text !== undefined) return { content: text };
    const reasoning = recordOf(delta.reasoningContent);
    if (reasoning !== undefined) return this.#reasoning(key, reasoning);
    const toolUse = recordOf(delta.toolUse);
    if (toolUse !== undefined) return this.#input(key, textOf(toolUse.input));
    const image = recordOf(delta.image);
    if (image !== undefined) return this.#image(key, recordOf(image.source));
    const annotation = citationOf(delta.citation);
    return annotation === undefined ? NOTHING : { annotations: [annotation] };
  }

  stop(key: unknown): ChatDelta | undefined {
    const block = this.#blocks.get(key);
    this.#blocks.delete(key);
    switch (block?.kind) {
      case "reasoning": {
        const { signature, detailIndex: index } = block;
        if (signature === undefined) return NOTHING;
        return { reasoning_details: [{ type: "reasoning.text", signature, format: REASONING_FORMAT, index }] };
      }
      // A function without parameters gets no input at all.
      case "call":
        return block.hasInput ? NOTHING : { tool_calls: [{ index: block.callIndex, function: { arguments: "{}" } }] };
      case "answer":
        return block.hasInput ? NOTHING : { content: "{}" };
      case "image":
      case undefined:
        return NOTHING;
    }
  }

  /** A block that came whole. */
  whole(key: unknown, block: JsonRecord): readonly ChatDelta[] {
    const deltas: (ChatDelta | undefined)[] = [this.start(key, block)];
    const toolUse = recordOf(block.toolUse);
    const reasoning = recordOf(block.reasoningContent);
    const cited = recordOf(block.citationsContent);
    if (toolUse !== undefined) {
      if (isRecord(toolUse.input)) deltas.push(this.#input(key, JSON.stringify(toolUse.input)));
    } else if (reasoning !== undefined) {
      deltas.push(this.#reasoning(key, { ...recordOf(reasoning.reasoningText), ...reasoning }));
    } else if (cited !== undefined) {
      const text = listOf(cited.content).map((part) => textOf(recordOf(part)?.text) ?? "");
      const annotations = listOf(cited.citations).flatMap((citation) => citationOf(citation) ?? []);
      if (text.join("") !== "") deltas.push({ content: text.join("") });
      if (annotations.length > 0) deltas.push({ annotations });
    } else deltas.push(this.delta(key, block));
    deltas.push(this.stop(key));
    return deltas.filter((delta) => delta !== undefined);
  }

  #startCall(key: unknown, toolUse: JsonRecord): ChatDelta | undefined {
    const name = textOf(toolUse.name) ?? "";
    if (name === JSON_ANSWER_TOOL) {
      this.#blocks.set(key, { kind: "answer", hasInput: false });
      return NOTHING;
    }
    // Tools that Amazon runs itself are none of the caller's calls.
    if (toolUse.type === "server_tool_use") return NOTHING;
    const id = textOf(toolUse.toolUseId);
    if (id === undefined || name === "") throw new Error("toolUse block without id or name");
    const callIndex = this.#callCount++;
    this.#blocks.set(key, { kind: "call", callIndex, hasInput: false });
    return { tool_calls: [{ index: callIndex, id, type: "function", function: { name, arguments: "" } }] };
  }

  #input(key: unknown, json: string | undefined): ChatDelta | undefined {
    const block = this.#blocks.get(key);
    if (json === undefined || (block?.kind !== "call" && block?.kind !== "answer")) return NOTHING;
    block.hasInput = true;
    if (block.kind === "answer") return { content: json };
    return { tool_calls: [{ index: block.callIndex, function: { arguments: json } }] };
  }

  #reasoning(key: unknown, piece: JsonRecord): ChatDelta | undefined {
    const data = textOf(piece.redactedContent);
    if (data !== undefined) {
      const index = this.#detailCount++;
      return { reasoning_details: [{ type: "reasoning.encrypted", data, format: REASONING_FORMAT, index }] };
    }
    const known = this.#blocks.get(key);
    const open: OpenBlock =
      known?.kind === "reasoning"
        ? known
        : { kind: "reasoning", detailIndex: this.#detailCount++, signature: undefined };
    this.#blocks.set(key, open);
    // Told at the end of the block, in one piece with its mark.
    open.signature = textOf(piece.signature) ?? open.signature;
    const text = textOf(piece.text);
    if (text === undefined) return NOTHING;
    const index = open.detailIndex;
    return { reasoning: text, reasoning_details: [{ type: "reasoning.text", text, format: REASONING_FORMAT, index }] };
  }

  #image(key: unknown, source: JsonRecord | undefined): ChatDelta | undefined {
    const bytes = textOf(source?.bytes);
    if (bytes === undefined) return NOTHING;
    const block = this.#blocks.get(key);
    const format = block?.kind === "image" ? block.format : "png";
    return { images: [{ type: "image_url", image_url: { url: dataUrl(`image/${format}`, bytes) } }] };
  }
}

/** Citations of the web; those of documents in the request have no counterpart in our format. */
function citationOf(value: unknown): Annotation | undefined {
  const citation = recordOf(value);
  const url = textOf(recordOf(recordOf(citation?.location)?.web)?.url);
  if (url === undefined) return undefined;
  const title = textOf(citation?.title);
  return { type: "url_citation", url_citation: title === undefined ? { url } : { url, title } };
}
