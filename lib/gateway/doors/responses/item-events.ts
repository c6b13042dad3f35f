import { type Annotation, type ChatDelta, type Logprobs, urlCitationSchema } from "@/lib/schemas/chat-completion";
import type { ReasoningDetail } from "@/lib/schemas/chat-request";
import type { ItemEvent, ItemStatus, OutputItem, TokenLogprob, UrlCitation } from "@/lib/schemas/responses-answer";
import { CallSequence, type CallStep } from "../call-sequence";
import { customInput } from "./custom-tools";
import { MessageItem } from "./message-item";
import { ReasoningItem } from "./reasoning-item";

export type ItemOptions = {
  /** Made of the answer's id, so that the items of different answers differ. */
  idSuffix: string;
  hidesReasoning: boolean;
  /** The caller wants signed reasoning in a form that survives clients which keep no more than it. */
  encryptsReasoning: boolean;
  /** Tools whose input is plain text. */
  customNames: ReadonlySet<string>;
};

type OpenCall = {
  kind: "call";
  item: Extract<OutputItem, { type: "function_call" | "custom_tool_call" }>;
  text: string;
};
type OpenItem = { kind: "message"; item: MessageItem } | { kind: "reasoning"; item: ReasoningItem } | OpenCall;

/** Turns an answer's deltas into output items and the events that tell of them. One item ends before the next begins. */
export class ItemEvents {
  /** All items so far; the open one is not among them. */
  readonly output: OutputItem[] = [];
  private readonly options: ItemOptions;
  private readonly calls = new CallSequence();
  private open: OpenItem | undefined;
  /** Pieces of reasoning that came in the middle of another item. */
  private held: ReasoningDetail[] = [];
  private events: ItemEvent[] = [];

  constructor(options: ItemOptions) {
    this.options = options;
  }

  read(delta: ChatDelta, logprobs: Logprobs | undefined): readonly ItemEvent[] {
    if (!this.options.hidesReasoning) this.readReasoning(delta);
    const { content, refusal, annotations = [], images = [], tool_calls: calls } = delta;
    if (content || logprobs !== undefined) this.push(this.message().addText(content ?? "", tokensOf(logprobs)));
    if (refusal) this.push(this.message().addRefusal(refusal));
    for (const annotation of annotations) this.addCitation(annotation);
    for (const { image_url: image } of images) this.addImage(image.url);
    if (calls !== undefined) for (const step of this.calls.add(calls)) this.addCall(step);
    return this.taken();
  }

  /** The end of the last item. `status`: that of an item which the end found open. */
  finish(status: ItemStatus): readonly ItemEvent[] {
    this.close(status);
    return this.taken();
  }

  private taken(): readonly ItemEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  private push(events: readonly ItemEvent[]): void {
    for (const event of events) this.events.push(event);
  }

  private idOf(kind: string): string {
    return `${kind}_${this.options.idSuffix}_${this.output.length}`;
  }

  private message(): MessageItem {
    if (this.open?.kind === "message") return this.open.item;
    this.close("completed");
    const item = new MessageItem(this.idOf("msg"), this.output.length);
    this.open = { kind: "message", item };
    this.push(item.begin());
    return item;
  }

  private readReasoning({ reasoning, reasoning_details: details = [] }: ChatDelta): void {
    const hasText = details.some(({ text, summary }) => text || summary);
    // The plain text says again what the details say, or there are none.
    if (reasoning && !hasText) this.addReasoning({ type: "reasoning.text", text: reasoning });
    for (const detail of details) {
      const isSpoken = detail.type === "reasoning.text" || detail.type === "reasoning.summary";
      // What signs a text or a call comes with it, and is not to cut it in two.
      if (!isSpoken && (this.open?.kind === "message" || this.open?.kind === "call")) this.held.push(detail);
      else this.addReasoning(detail);
    }
  }

  private addReasoning(piece: ReasoningDetail): void {
    if (this.open?.kind === "reasoning" && this.open.item.continuesWith(piece)) {
      this.push(this.open.item.add(piece));
      return;
    }
    this.close("completed");
    const item = new ReasoningItem(this.idOf("rs"), this.output.length, piece, this.options.encryptsReasoning);
    this.open = { kind: "reasoning", item };
    this.push(item.begin());
    this.push(item.add(piece));
  }

  private addCitation(annotation: Annotation): void {
    const citation = citationOf(annotation);
    if (citation !== undefined && this.open?.kind === "message") this.push(this.open.item.addCitation(citation));
  }

  private addImage(url: string): void {
    this.close("completed");
    const begun: OutputItem = {
      type: "image_generation_call",
      id: this.idOf("ig"),
      status: "in_progress",
      result: null,
    };
    const output_index = this.output.length;
    const item: OutputItem = { ...begun, status: "completed", result: url.replace(/^data:[^,]*;base64,/, "") };
    this.push([
      { type: "response.output_item.added", output_index, item: begun },
      { type: "response.image_generation_call.completed", output_index, item_id: begun.id },
    ]);
    this.end(item);
  }

  private addCall(step: CallStep): void {
    switch (step.kind) {
      case "start":
        // The one before it was ended by its own step.
        this.close("completed");
        this.beginCall(step.id, step.name);
        return;
      case "arguments":
        if (this.open?.kind === "call") this.growCall(this.open, step.text);
        return;
      case "stop":
        if (this.open?.kind === "call") this.endCall(this.open, "completed");
        return;
    }
  }

  private beginCall(call_id: string, name: string): void {
    const status = "in_progress";
    const item: OpenCall["item"] = this.options.customNames.has(name)
      ? { type: "custom_tool_call", id: this.idOf("ctc"), call_id, name, input: "", status }
      : { type: "function_call", id: this.idOf("fc"), call_id, name, arguments: "", status };
    this.open = { kind: "call", item, text: "" };
    this.push([{ type: "response.output_item.added", output_index: this.output.length, item }]);
  }

  private growCall(open: OpenCall, delta: string): void {
    open.text += delta;
    // Plain text cannot be told before the JSON around it is whole.
    if (open.item.type === "custom_tool_call") return;
    const place = { output_index: this.output.length, item_id: open.item.id };
    this.push([{ type: "response.function_call_arguments.delta", ...place, delta }]);
  }

  private endCall({ item, text }: OpenCall, status: ItemStatus): void {
    const place = { output_index: this.output.length, item_id: item.id };
    if (item.type === "function_call") {
      this.push([{ type: "response.function_call_arguments.done", ...place, name: item.name, arguments: text }]);
      this.end({ ...item, arguments: text, status });
    } else {
      const input = customInput(text);
      this.push([
        { type: "response.custom_tool_call_input.delta", ...place, delta: input },
        { type: "response.custom_tool_call_input.done", ...place, input },
      ]);
      this.end({ ...item, input, status });
    }
  }

  private close(status: ItemStatus): void {
    const { open } = this;
    switch (open?.kind) {
      case undefined:
        return;
      case "message":
      case "reasoning":
        this.push(open.item.close());
        this.end(open.item.item(status));
        return;
      case "call": {
        const steps = this.calls.finish();
        // The last call is the one that the end cuts off.
        const last = steps.findLastIndex(({ kind }) => kind === "stop");
        for (const [index, step] of steps.entries()) {
          if (index === last && this.open?.kind === "call") this.endCall(this.open, status);
          else this.addCall(step);
        }
        return;
      }
    }
  }

  private end(item: OutputItem): void {
    this.events.push({ type: "response.output_item.done", output_index: this.output.length, item });
    this.output.push(item);
    this.open = undefined;
    const { held } = this;
    this.held = [];
    for (const detail of held) this.addReasoning(detail);
    // What was held is complete in itself, and whatever comes next begins anew.
    if (held.length > 0) this.close("completed");
  }
}

function citationOf(annotation: Annotation): UrlCitation | undefined {
  const cited = urlCitationSchema.safeParse(annotation).data?.url_citation;
  if (cited === undefined) return undefined;
  const { url, title = "", start_index = 0, end_index = 0 } = cited;
  return { type: "url_citation", url, title, start_index, end_index };
}

function tokensOf(logprobs: Logprobs | undefined): TokenLogprob[] {
  return (logprobs?.content ?? []).map(({ token, logprob, bytes, top_logprobs: likeliest }) => ({
    token,
    logprob,
    bytes: bytes ?? [],
    top_logprobs: likeliest.map((entry) => ({ token: entry.token, logprob: entry.logprob, bytes: entry.bytes ?? [] })),
  }));
}
