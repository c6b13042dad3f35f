import { isRecord, listOf, parseJson, recordOf } from "../json";

const KEY = '"content":';
const PROBE = "\u0001probe";
/** A template is learned anew this often for nothing; then only when the one before was of use. */
const FREE_LESSONS = 3;
const USES_PER_LESSON = 16;

/**
 * Most chunks of a stream differ in nothing but their content. From one that was read in full this learns what stands
 * before and after it, so that the next ones need not be parsed: comparing costs a tenth of that, and parsing is the
 * largest part of what a streamed chunk costs us.
 */
export class ContentTemplate {
  #before = "";
  #after = "";
  #lessons = 0;
  #uses = 0;

  /** The content of a chunk that is else like the one learned from; `undefined` when it is not, or nothing is learned. */
  contentOf(data: string): string | undefined {
    if (this.#before === "" || !data.startsWith(this.#before) || !data.endsWith(this.#after)) return undefined;
    // Anything but one whole string in between fails to parse, or is none: then the chunk is another one after all.
    const content = parseJson(data.slice(this.#before.length, data.length - this.#after.length));
    if (typeof content !== "string") return undefined;
    this.#uses += 1;
    return content;
  }

  /** Learns from a chunk that turned out to say nothing but its content. */
  learn(data: string): void {
    if (this.#lessons > FREE_LESSONS + this.#uses / USES_PER_LESSON) return;
    this.#lessons += 1;
    this.#before = "";
    const start = data.indexOf(KEY) + KEY.length;
    const end = endOfString(data, start);
    if (start < KEY.length || end === undefined) return;
    const before = data.slice(0, start);
    const after = data.slice(end);
    // The proof that it is the choice's content that was found, and not something else of that name.
    const [choice] = listOf(recordOf(parseJson(before + JSON.stringify(PROBE) + after))?.choices);
    if (!isRecord(choice) || recordOf(choice.delta)?.content !== PROBE) return;
    this.#before = before;
    this.#after = after;
  }
}

/** Where the JSON string that begins at `start` ends, its quotes included. */
function endOfString(text: string, start: number): number | undefined {
  if (text[start] !== '"') return undefined;
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
}
