import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { failureOf } from "../../failure";
import { type JsonRecord, parseEventData, recordOf, textOf } from "../../json";
import { type StreamDecoder, type StreamEvent, UpstreamError } from "../../types";
import { readErrorFields } from "../decode-failure";
import { isBilledSearch, readCitation, readEnding } from "./read-response";

const NOTHING: readonly ChatChunk[] = [];

/** Decodes a stream of response events. Complete once the response is told to be over. */
export function createStreamDecoder(): StreamDecoder {
  return new ResponseDecoder();
}

class ResponseDecoder implements StreamDecoder {
  #isComplete = false;
  #textLength = 0;
  /** Where each part of text begins in the whole, by the item and the part. */
  readonly #offsets = new Map<string, number>();
  /** Position of each call, by the id of its item. */
  readonly #calls = new Map<string, number>();
  /** Calls whose arguments have come in pieces. */
  readonly #spoken = new Set<string>();
  #searches = 0;
  /** The kind of reasoning that came in pieces: some servers send both. */
  #reasoningKind: string | undefined;

  isComplete(): boolean {
    return this.#isComplete;
  }

  decode({ data }: StreamEvent): readonly ChatChunk[] {
    if (data.trim() === "[DONE]") return NOTHING;
    const json = parseEventData(data);
    switch (json.type) {
      case "response.created":
        return this.#begin(json);
      case "response.output_text.delta":
        return this.#addText(json);
      case "response.output_text.annotation.added":
        return this.#addCitation(json);
      case "response.refusal.delta": {
        const refusal = textOf(json.delta);
        return refusal === undefined ? NOTHING : [{ delta: { refusal } }];
      }
      case "response.reasoning_summary_text.delta":
      case "response.reasoning_text.delta": {
        this.#reasoningKind ??= json.type;
        const reasoning = textOf(json.delta);
        return reasoning === undefined || this.#reasoningKind !== json.type ? NOTHING : [{ delta: { reasoning } }];
      }
      case "response.output_item.added":
        return this.#addItem(recordOf(json.item) ?? {});
      case "response.function_call_arguments.delta":
        return this.#addArguments(textOf(json.item_id) ?? "", textOf(json.delta));
      case "response.output_item.done":
        return this.#endItem(recordOf(json.item) ?? {});
      case "response.completed":
      case "response.incomplete":
      case "response.failed":
        this.#isComplete = true;
        return [readEnding(recordOf(json.response) ?? {}, this.#calls.size > 0, this.#searches)];
      case "error":
        throw new UpstreamError(failureOf(readErrorFields({ error: json }) ?? {}));
      default:
        // Steps of searches and beginnings of parts; what is no event at all has no type.
        if (json.error != null) throw new UpstreamError(failureOf(readErrorFields(json) ?? {}));
        if (typeof json.type !== "string") throw new Error("not an event of the responses protocol");
        return NOTHING;
    }
  }

  #begin(json: JsonRecord): readonly ChatChunk[] {
    const upstreamId = textOf(recordOf(json.response)?.id);
    return upstreamId === undefined ? NOTHING : [{ upstreamId }];
  }

  #addText(json: JsonRecord): readonly ChatChunk[] {
    const content = textOf(json.delta);
    if (content === undefined) return NOTHING;
    const part = partKeyOf(json);
    if (!this.#offsets.has(part)) this.#offsets.set(part, this.#textLength);
    this.#textLength += content.length;
    return [{ delta: { content } }];
  }

  #addCitation(json: JsonRecord): readonly ChatChunk[] {
    const citation = readCitation(json.annotation, this.#offsets.get(partKeyOf(json)) ?? 0);
    return citation === undefined ? NOTHING : [{ delta: { annotations: [citation] } }];
  }

  #addItem(item: JsonRecord): readonly ChatChunk[] {
    if (item.type !== "function_call") return NOTHING;
    const index = this.#calls.size;
    const itemId = textOf(item.id) ?? textOf(item.call_id) ?? "";
    this.#calls.set(itemId, index);
    const id = textOf(item.call_id) ?? itemId;
    const fields = { name: textOf(item.name) ?? "", arguments: "" };
    return [{ delta: { tool_calls: [{ index, id, type: "function", function: fields }] } }];
  }

  #addArguments(itemId: string, text: string | undefined): readonly ChatChunk[] {
    const index = this.#calls.get(itemId);
    if (index === undefined || text === undefined) return NOTHING;
    this.#spoken.add(itemId);
    return [{ delta: { tool_calls: [{ index, function: { arguments: text } }] } }];
  }

  #endItem(item: JsonRecord): readonly ChatChunk[] {
    if (isBilledSearch(item)) this.#searches += 1;
    if (item.type !== "function_call") return NOTHING;
    const itemId = textOf(item.id) ?? textOf(item.call_id) ?? "";
    return this.#spoken.has(itemId) ? NOTHING : this.#addArguments(itemId, textOf(item.arguments));
  }
}

function partKeyOf({ output_index: item, content_index: part }: JsonRecord): string {
  return `${String(item)}.${String(part)}`;
}
