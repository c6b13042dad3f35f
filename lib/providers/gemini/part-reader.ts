import type { ChatDelta, GeneratedImage, ToolCallDelta } from "@/lib/schemas/chat-completion";
import type { ReasoningDetail } from "@/lib/schemas/chat-request";
import { callId } from "../call-id";
import { isRecord, type JsonRecord, recordOf, textOf } from "../json";
import { dataUrl } from "../media";
import { imageSignatureId, REASONING_FORMAT } from "./build-contents";

/** Reads the parts of one answer, streamed or whole, into deltas: one per list of parts. */
export class PartReader {
  readonly #ids = new Set<string>();
  #callCount = 0;
  #imageCount = 0;
  #detailCount = 0;
  /** Index of the thought that the next piece of thought continues. */
  #openThought: number | undefined;

  /** Whether the model called a function. */
  get hasToolCalls(): boolean {
    return this.#callCount > 0;
  }

  /** @param seed differs between answers; see {@link callId} */
  read(parts: readonly unknown[], seed: string): ChatDelta | undefined {
    let content = "";
    let reasoning = "";
    let audio: string | undefined;
    const details: ReasoningDetail[] = [];
    const calls: ToolCallDelta[] = [];
    const images: GeneratedImage[] = [];

    for (const part of parts) {
      if (!isRecord(part)) continue;
      const text = textOf(part.text) ?? "";
      const signature = textOf(part.thoughtSignature);
      if (part.thought === true) {
        reasoning += text;
        if (text !== "" || signature !== undefined) details.push(this.#thought(text, signature));
        continue;
      }
      content += text + codeText(part);

      let signedId: string | undefined;
      const call = recordOf(part.functionCall);
      const media = recordOf(part.inlineData);
      if (call !== undefined) {
        const toolCall = this.#call(call, seed);
        calls.push(toolCall);
        signedId = toolCall.id;
      } else if (media !== undefined) {
        const mediaType = textOf(media.mimeType) ?? "";
        const data = textOf(media.data) ?? "";
        if (mediaType.startsWith("audio/")) audio = (audio ?? "") + data;
        else if (data !== "") {
          const index = this.#imageCount++;
          images.push({ type: "image_url", image_url: { url: dataUrl(mediaType || "image/png", data) }, index });
          signedId = imageSignatureId(index);
        }
      }
      if (signature !== undefined) details.push(this.#signature(signature, signedId));
    }

    const delta: ChatDelta = {};
    if (content !== "") delta.content = content;
    if (reasoning !== "") delta.reasoning = reasoning;
    if (details.length > 0) delta.reasoning_details = details;
    if (calls.length > 0) delta.tool_calls = calls;
    if (images.length > 0) delta.images = images;
    if (audio !== undefined) delta.audio = { data: audio };
    return Object.keys(delta).length === 0 ? undefined : delta;
  }

  #thought(text: string, signature: string | undefined): ReasoningDetail {
    this.#openThought ??= this.#detailCount++;
    const index = this.#openThought;
    // A signature closes the thought it came with.
    if (signature === undefined) return { type: "reasoning.text", text, format: REASONING_FORMAT, index };
    this.#openThought = undefined;
    return { type: "reasoning.text", text, signature, format: REASONING_FORMAT, index };
  }

  /** A signature of what is not a thought; `id` says what it belongs to, its absence that it is the text. */
  #signature(data: string, id: string | undefined): ReasoningDetail {
    this.#openThought = undefined;
    const index = this.#detailCount++;
    const detail: ReasoningDetail = { type: "reasoning.encrypted", data, format: REASONING_FORMAT, index };
    return id === undefined ? detail : { ...detail, id };
  }

  #call(call: JsonRecord, seed: string): ToolCallDelta & { id: string } {
    const index = this.#callCount++;
    const name = textOf(call.name) ?? "";
    const args = JSON.stringify(recordOf(call.args) ?? {});
    const given = textOf(call.id);
    // Arguments are part of the seed for answers without an id of their own.
    const id = given === undefined || this.#ids.has(given) ? callId(index, name, `${seed}\u0000${args}`) : given;
    this.#ids.add(id);
    return { index, id, type: "function", function: { name, arguments: args } };
  }
}

/** Code that Google ran, and what came of it, as the markdown that a reader expects. */
function codeText(part: JsonRecord): string {
  const code = recordOf(part.executableCode);
  const result = recordOf(part.codeExecutionResult);
  const lines: string[] = [];
  if (code !== undefined) {
    const language = (textOf(code.language) ?? "").toLowerCase();
    lines.push(fence(language === "language_unspecified" ? "" : language, textOf(code.code) ?? ""));
  }
  if (result !== undefined) lines.push(fence("", textOf(result.output) ?? ""));
  return lines.join("");
}

function fence(language: string, text: string): string {
  return `\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}
