import type { ReasoningDetail } from "@/lib/schemas/chat-request";
import type { ItemEvent, ItemStatus, OutputItem } from "@/lib/schemas/responses-answer";
import { sealDetail } from "../sealed-detail";

/** One piece of reasoning while it grows: a text, a summary, or something that only its maker can read. */
export class ReasoningItem {
  private readonly id: string;
  private readonly output_index: number;
  private readonly isEncrypted: boolean;
  private readonly detail: ReasoningDetail;
  private text = "";
  private hasBegun = false;

  /** @param encrypts signed text is also given as one opaque word */
  constructor(id: string, outputIndex: number, first: ReasoningDetail, encrypts: boolean) {
    this.id = id;
    this.output_index = outputIndex;
    this.isEncrypted = encrypts;
    const { text: _text, summary: _summary, ...detail } = first;
    this.detail = detail;
  }

  /** Pieces of one block have its type and index; its signature comes with the last of them. */
  continuesWith(piece: ReasoningDetail): boolean {
    const { type, index, signature } = this.detail;
    return type === piece.type && index === piece.index && !signature && isSpoken(type);
  }

  begin(): readonly ItemEvent[] {
    const item: OutputItem = { type: "reasoning", id: this.id, status: "in_progress", summary: [] };
    return [{ type: "response.output_item.added", output_index: this.output_index, item }];
  }

  add({ text, summary, signature, id }: ReasoningDetail): readonly ItemEvent[] {
    if (signature) this.detail.signature = signature;
    if (id) this.detail.id = id;
    const delta = text ?? summary ?? "";
    if (delta === "" || !isSpoken(this.detail.type)) return [];
    this.text += delta;
    const before = this.hasBegun ? [] : [this.partEvent("added", "")];
    this.hasBegun = true;
    return [...before, { type: `response.${this.names().text}.delta`, ...this.place(), delta }];
  }

  close(): readonly ItemEvent[] {
    if (!this.hasBegun) return [];
    const { text } = this;
    return [{ type: `response.${this.names().text}.done`, ...this.place(), text }, this.partEvent("done", text)];
  }

  item(status: ItemStatus): OutputItem {
    const { text, detail } = this;
    const { type, format, signature } = detail;
    const isSummary = type === "reasoning.summary";
    const sealed = this.sealed();
    return {
      type: "reasoning",
      id: this.id,
      status,
      summary: isSummary && text !== "" ? [{ type: "summary_text", text }] : [],
      ...(type === "reasoning.text" ? { content: text === "" ? [] : [{ type: "reasoning_text", text }] } : {}),
      ...(sealed === undefined ? {} : { encrypted_content: sealed }),
      ...(signature ? { signature } : {}),
      ...(format == null ? {} : { format }),
    };
  }

  private sealed(): string | undefined {
    const { detail, text } = this;
    if (!isSpoken(detail.type)) return sealDetail(detail);
    if (!this.isEncrypted || !detail.signature) return undefined;
    return sealDetail({ ...detail, text });
  }

  private names() {
    return this.detail.type === "reasoning.summary"
      ? ({ part: "reasoning_summary_part", text: "reasoning_summary_text", entry: "summary_text" } as const)
      : ({ part: "content_part", text: "reasoning_text", entry: "reasoning_text" } as const);
  }

  private partEvent(what: "added" | "done", text: string): ItemEvent {
    const { part, entry } = this.names();
    return { type: `response.${part}.${what}`, ...this.place(), part: { type: entry, text } };
  }

  private place() {
    const { id: item_id, output_index } = this;
    return this.detail.type === "reasoning.summary"
      ? { output_index, item_id, summary_index: 0 }
      : { output_index, item_id, content_index: 0 };
  }
}

function isSpoken(type: string): boolean {
  return type === "reasoning.text" || type === "reasoning.summary";
}
