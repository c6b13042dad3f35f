import type {
  ItemEvent,
  ItemStatus,
  OutputItem,
  OutputPart,
  TokenLogprob,
  UrlCitation,
} from "@/lib/schemas/responses-answer";

type TextPart = Extract<OutputPart, { type: "output_text" }>;
type RefusalPart = Extract<OutputPart, { type: "refusal" }>;

/** One message of the answer while it grows: parts of text and of refusal. */
export class MessageItem {
  private readonly id: string;
  private readonly output_index: number;
  private readonly parts: OutputPart[] = [];

  constructor(id: string, outputIndex: number) {
    this.id = id;
    this.output_index = outputIndex;
  }

  begin(): readonly ItemEvent[] {
    const { output_index } = this;
    return [{ type: "response.output_item.added", output_index, item: this.item("in_progress") }];
  }

  addText(delta: string, logprobs: TokenLogprob[]): readonly ItemEvent[] {
    const last = this.parts.at(-1);
    const part: TextPart =
      last?.type === "output_text" ? last : { type: "output_text", text: "", annotations: [], logprobs: [] };
    const before = part === last ? [] : this.beginPart(part);
    part.text += delta;
    part.logprobs.push(...logprobs);
    return [...before, { type: "response.output_text.delta", ...this.place(), delta, logprobs }];
  }

  addRefusal(delta: string): readonly ItemEvent[] {
    const last = this.parts.at(-1);
    const part: RefusalPart = last?.type === "refusal" ? last : { type: "refusal", refusal: "" };
    const before = part === last ? [] : this.beginPart(part);
    part.refusal += delta;
    return [...before, { type: "response.refusal.delta", ...this.place(), delta }];
  }

  addCitation(annotation: UrlCitation): readonly ItemEvent[] {
    const part = this.parts.at(-1);
    if (part?.type !== "output_text") return [];
    const annotation_index = part.annotations.push(annotation) - 1;
    return [{ type: "response.output_text.annotation.added", ...this.place(), annotation_index, annotation }];
  }

  /** The end of the last part. */
  close(): readonly ItemEvent[] {
    const part = this.parts.at(-1);
    if (part === undefined) return [];
    const place = this.place();
    const done: ItemEvent =
      part.type === "output_text"
        ? { type: "response.output_text.done", ...place, text: part.text, logprobs: part.logprobs }
        : { type: "response.refusal.done", ...place, refusal: part.refusal };
    return [done, { type: "response.content_part.done", ...place, part }];
  }

  item(status: ItemStatus): OutputItem {
    return { type: "message", id: this.id, role: "assistant", status, content: [...this.parts] };
  }

  private beginPart(part: OutputPart): readonly ItemEvent[] {
    const before = this.close();
    this.parts.push(part);
    // A copy: the part grows, and the event is written later.
    return [...before, { type: "response.content_part.added", ...this.place(), part: { ...part } }];
  }

  private place() {
    return { output_index: this.output_index, item_id: this.id, content_index: this.parts.length - 1 };
  }
}
