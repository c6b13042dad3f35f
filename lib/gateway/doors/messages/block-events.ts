import { type Annotation, type ChatDelta, urlCitationSchema } from "@/lib/schemas/chat-completion";
import type { ReasoningDetail } from "@/lib/schemas/chat-request";
import type { AnswerBlock, AnswerBlockDelta, BlockEvent, CitationOfWeb } from "@/lib/schemas/messages-answer";
import { CallSequence, type CallStep } from "../call-sequence";
import { sealDetail } from "../sealed-detail";
import { NATIVE_FORMAT } from "./native-format";

/** What of the reasoning is shown: all, the signatures without the text, or nothing. */
export type ThinkingDisplay = "all" | "signatures" | "none";

/** The block that is open: blocks follow each other, each ends before the next one begins. */
type OpenBlock =
  | { kind: "text" }
  | { kind: "call" }
  /** `text`: all of it so far. `isShown`: the block has begun on the wire. */
  | { kind: "thinking"; detail: ReasoningDetail; text: string; isShown: boolean };

/** Turns an answer's deltas into the events of content blocks. */
export class BlockEvents {
  private readonly display: ThinkingDisplay;
  private readonly calls = new CallSequence();
  private open: OpenBlock | undefined;
  /** Blocks begun so far. */
  private count = 0;
  /** Pieces of reasoning that came in the middle of another block. */
  private held: ReasoningDetail[] = [];
  private events: BlockEvent[] = [];

  constructor(display: ThinkingDisplay) {
    this.display = display;
  }

  read(delta: ChatDelta): readonly BlockEvent[] {
    if (this.display !== "none") this.readReasoning(delta);
    const said = `${delta.content ?? ""}${delta.refusal ?? ""}`;
    if (said !== "") this.addText(said);
    for (const annotation of delta.annotations ?? []) this.addCitation(annotation);
    for (const { image_url: image } of delta.images ?? []) this.addText(`![image](${image.url})`);
    if (delta.audio?.transcript) this.addText(delta.audio.transcript);
    if (delta.tool_calls !== undefined) for (const step of this.calls.add(delta.tool_calls)) this.addCall(step);
    return this.taken();
  }

  /** The end of the last block. */
  finish(): readonly BlockEvent[] {
    this.close();
    return this.taken();
  }

  private taken(): readonly BlockEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  private readReasoning({ reasoning, reasoning_details: details = [] }: ChatDelta): void {
    const hasText = details.some(({ text, summary }) => text || summary);
    // The plain text says again what the details say, or there are none.
    if (reasoning && !hasText) this.addThinking({ type: "reasoning.text", text: reasoning });
    for (const detail of details) {
      if (detail.type === "reasoning.text" || detail.type === "reasoning.summary") this.addThinking(detail);
      else this.addRedacted(detail);
    }
  }

  private addThinking(piece: ReasoningDetail): void {
    const open = this.open?.kind === "thinking" && continues(this.open.detail, piece) ? this.open : undefined;
    const text = piece.text ?? piece.summary ?? "";
    if (open === undefined) {
      this.close();
      const { text: _text, summary: _summary, ...detail } = piece;
      const begun: OpenBlock = { kind: "thinking", detail, text: "", isShown: false };
      this.open = begun;
      this.addThinkingText(begun, text);
      return;
    }
    const { signature, id } = piece;
    if (signature) open.detail.signature = signature;
    if (id) open.detail.id = id;
    this.addThinkingText(open, text);
  }

  private addThinkingText(open: Extract<OpenBlock, { kind: "thinking" }>, text: string): void {
    if (text === "") return;
    open.text += text;
    if (this.display !== "all") return;
    this.showThinking(open);
    this.delta({ type: "thinking_delta", thinking: text });
  }

  private showThinking(open: Extract<OpenBlock, { kind: "thinking" }>): void {
    if (open.isShown) return;
    open.isShown = true;
    this.start({ type: "thinking", thinking: "", signature: "" });
  }

  private addRedacted(detail: ReasoningDetail): void {
    const native = detail.type === "reasoning.encrypted" && detail.format === NATIVE_FORMAT ? detail.data : undefined;
    // What signs a text or a call comes with it; the text is not to be cut in two for that.
    if (!native && (this.open?.kind === "text" || this.open?.kind === "call")) {
      this.held.push(detail);
      return;
    }
    this.close();
    this.addWhole({ type: "redacted_thinking", data: native || sealDetail(detail) });
  }

  private addText(text: string): void {
    if (this.open?.kind !== "text") {
      this.close();
      this.open = { kind: "text" };
      this.start({ type: "text", text: "", citations: null });
    }
    this.delta({ type: "text_delta", text });
  }

  private addCitation(annotation: Annotation): void {
    const citation = citationOf(annotation);
    if (citation !== undefined && this.open?.kind === "text") this.delta({ type: "citations_delta", citation });
  }

  private addCall(step: CallStep): void {
    switch (step.kind) {
      case "start":
        // The one before it was ended by its own step.
        this.close();
        this.open = { kind: "call" };
        this.start({ type: "tool_use", id: step.id, name: step.name, input: {}, caller: { type: "direct" } });
        return;
      case "arguments":
        this.delta({ type: "input_json_delta", partial_json: step.text });
        return;
      case "stop":
        this.stop();
        return;
    }
  }

  /** Ends the open block, and gives what was held back until then. */
  private close(): void {
    if (this.open?.kind === "call") for (const step of this.calls.finish()) this.addCall(step);
    else if (this.open?.kind === "thinking") this.closeThinking(this.open);
    else if (this.open?.kind === "text") this.stop();
  }

  private closeThinking(open: Extract<OpenBlock, { kind: "thinking" }>): void {
    const signature = signatureOf(open, this.display);
    if (signature !== "") {
      this.showThinking(open);
      this.delta({ type: "signature_delta", signature });
    }
    if (open.isShown) this.stop();
    else this.open = undefined;
  }

  private addWhole(block: AnswerBlock): void {
    this.start(block);
    this.events.push({ type: "content_block_stop", index: this.count - 1 });
  }

  private start(block: AnswerBlock): void {
    this.events.push({ type: "content_block_start", index: this.count, content_block: block });
    this.count += 1;
  }

  private delta(delta: AnswerBlockDelta): void {
    this.events.push({ type: "content_block_delta", index: this.count - 1, delta });
  }

  private stop(): void {
    this.events.push({ type: "content_block_stop", index: this.count - 1 });
    this.open = undefined;
    const { held } = this;
    this.held = [];
    for (const detail of held) this.addRedacted(detail);
  }
}

/** Pieces of one block have its type and index; its signature comes with the last of them. */
function continues(before: ReasoningDetail, piece: ReasoningDetail): boolean {
  return before.type === piece.type && before.index === piece.index && !before.signature;
}

/** The protocol's own signature as it is, any other one sealed with what belongs to it; empty when there is nothing. */
function signatureOf({ detail, text }: Extract<OpenBlock, { kind: "thinking" }>, display: ThinkingDisplay): string {
  const isOmitted = display === "signatures" && text !== "";
  if (detail.type === "reasoning.summary") return sealDetail(isOmitted ? { ...detail, summary: text } : detail);
  if (!detail.signature) return "";
  // A text that is left out has to come back with its signature.
  if (isOmitted) return sealDetail({ ...detail, text });
  return detail.format === NATIVE_FORMAT ? detail.signature : sealDetail(detail);
}

function citationOf(annotation: Annotation): CitationOfWeb | undefined {
  const cited = urlCitationSchema.safeParse(annotation).data?.url_citation;
  if (cited === undefined) return undefined;
  const { url, title = null, content: cited_text = "" } = cited;
  return { type: "web_search_result_location", url, title, cited_text, encrypted_index: "" };
}
