import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { Annotation } from "@/lib/schemas/chat-completion";
import { failureOf } from "../failure";
import { isRecord, type JsonRecord, listOf, recordOf, textOf } from "../json";
import { UpstreamError } from "../types";
import { readErrorFields } from "./decode-failure";
import { finishReasonOf } from "./finish-reasons";
import { readDelta } from "./read-delta";
import { readLogprobs } from "./read-logprobs";
import { readUsage } from "./read-usage";
import { ToolCallAssembler } from "./tool-call-assembler";

const NOTHING: readonly ChatChunk[] = [];

/**
 * Reads the objects of one answer in order: the chunks of a stream, or the one body. Written by hand and not as a schema
 * because it runs for every chunk of every stream.
 */
export class AnswerReader {
  readonly #field: "delta" | "message";
  readonly #calls = new ToolCallAssembler();
  #upstreamId = "";
  #systemFingerprint = "";
  #serviceTier = "";
  #sources: readonly Source[] = [];
  /** The model always searches the web; or citations came, or sources. */
  #hasSearched: boolean;
  #text = "";
  #isFinished = false;

  /** @param field where a choice keeps its news; some servers repeat the whole message in a stream's last chunk */
  constructor(field: "delta" | "message", alwaysSearches = false) {
    this.#field = field;
    this.#hasSearched = alwaysSearches;
  }

  /** Takes note of text that was read elsewhere. */
  noteText(text: string): void {
    this.#text += text;
  }

  /** Whether the provider has said why it stopped. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /**
   * @throws UpstreamError when the object reports a failure
   * @throws Error when it is neither a chunk nor an answer
   */
  read(json: JsonRecord): readonly ChatChunk[] {
    if (json.error != null || json.object === "error" || json.type === "error") throwReported(json);
    const { choices } = json;
    if (!Array.isArray(choices) && choices != null) throw new Error("choices of an answer are not a list");
    if (choices == null && json.usage == null && json.id == null && json.object == null && json.x_groq == null) {
      throw new Error("not an object of the chat completions protocol");
    }

    const chunk: ChatChunk = {};
    let isEmpty = !this.#readEnvelope(json, chunk);
    const choice: unknown = Array.isArray(choices) ? choices.find(isFirstChoice) : undefined;
    if (isRecord(choice) && this.#readChoice(choice, chunk)) isEmpty = false;
    // Groq reports a stream's usage in its own corner; Moonshot inside the choice.
    const usage = readUsage(
      json.usage ?? recordOf(json.x_groq)?.usage ?? (isRecord(choice) ? choice.usage : undefined),
    );
    if (usage !== undefined) {
      chunk.usage = this.#hasSearched ? { ...usage, searches: usage.searches ?? 1 } : usage;
      isEmpty = false;
    }
    return isEmpty ? NOTHING : [chunk];
  }

  /** Notes what stands beside the choices; says it once, when it is new. */
  #readEnvelope(json: JsonRecord, chunk: ChatChunk): boolean {
    let isNew = false;
    if (typeof json.id === "string" && json.id !== "" && this.#upstreamId === "") {
      this.#upstreamId = json.id;
      chunk.upstreamId = json.id;
      isNew = true;
    }
    const fingerprint = json.system_fingerprint;
    if (typeof fingerprint === "string" && fingerprint !== "" && fingerprint !== this.#systemFingerprint) {
      this.#systemFingerprint = fingerprint;
      chunk.systemFingerprint = fingerprint;
      isNew = true;
    }
    const tier = json.service_tier;
    if (typeof tier === "string" && tier !== "" && tier !== this.#serviceTier) {
      this.#serviceTier = tier;
      chunk.serviceTier = tier;
      isNew = true;
    }
    if (json.search_results != null || json.citations != null) {
      this.#sources = readSources(json);
      if (this.#sources.length > 0) this.#hasSearched = true;
    }
    return isNew;
  }

  #readChoice(choice: JsonRecord, chunk: ChatChunk): boolean {
    if (choice.error != null) throwReported(choice);
    let isNew = false;

    const source = recordOf(choice[this.#field]);
    const delta = source === undefined ? undefined : readDelta(source, this.#calls, this.#upstreamId);
    if (delta !== undefined) {
      chunk.delta = delta;
      isNew = true;
      if (delta.content != null) this.#text += delta.content;
      if (delta.annotations?.some(({ type }) => type === "url_citation") === true) this.#hasSearched = true;
    }
    if (choice.logprobs != null) {
      const logprobs = readLogprobs(choice.logprobs);
      if (logprobs !== undefined) {
        chunk.logprobs = logprobs;
        isNew = true;
      }
    }
    const native = choice.finish_reason;
    if (typeof native === "string" && native !== "" && !this.#isFinished) {
      this.#finish(native, chunk);
      isNew = true;
    }
    return isNew;
  }

  #finish(native: string, chunk: ChatChunk): void {
    this.#isFinished = true;
    chunk.finishReason = finishReasonOf(native, this.#calls.hasCalls);
    chunk.nativeFinishReason = native;
    const missing = this.#calls.finish();
    if (missing.length > 0) {
      chunk.delta = { ...chunk.delta, tool_calls: [...(chunk.delta?.tool_calls ?? []), ...missing] };
    }
    if (this.#sources.length > 0 && chunk.delta?.annotations === undefined) {
      chunk.delta = { ...chunk.delta, annotations: this.#sources.map((source) => citationIn(this.#text, source)) };
    }
  }
}

/** We never ask for more than one choice; a server that sends more is read as if it had sent the first. */
function isFirstChoice(choice: unknown): boolean {
  return isRecord(choice) && (choice.index === 0 || choice.index == null);
}

function throwReported(json: JsonRecord): never {
  throw new UpstreamError(failureOf(readErrorFields(json) ?? {}));
}

/** A page that the answer rests on, and the numbers by which its text names it, from 1. */
type Source = { url: string; title: string | undefined; content: string | undefined; numbers: readonly number[] };

/**
 * Pages that a searching model read, which Perplexity repeats on every chunk beside the choices.
 * Source: docs.perplexity.ai chat completions, as known in 2026-11.
 */
function readSources(json: JsonRecord): readonly Source[] {
  const results = listOf(json.search_results).filter(isRecord);
  const cited = listOf(json.citations).flatMap((url) => textOf(url) ?? []);
  const urls = cited.length > 0 ? cited : results.flatMap(({ url }) => textOf(url) ?? []);
  const numbers = new Map<string, number[]>();
  urls.forEach((url, index) => {
    numbers.set(url, [...(numbers.get(url) ?? []), index + 1]);
  });
  return [...numbers].map(([url, own]) => {
    const result = results.find((candidate) => candidate.url === url);
    return { url, title: textOf(result?.title), content: textOf(result?.snippet), numbers: own };
  });
}

/** The source as a citation, at the first mark such as `[1]` that names it. */
function citationIn(text: string, { url, title, content, numbers }: Source): Annotation {
  const marks = numbers.flatMap((number) => {
    const start = text.indexOf(`[${number}]`);
    return start < 0 ? [] : [{ start_index: start, end_index: start + `[${number}]`.length }];
  });
  const [first = {}] = marks.sort((a, b) => a.start_index - b.start_index);
  return {
    type: "url_citation",
    url_citation: {
      url,
      ...(title === undefined ? {} : { title }),
      ...(content === undefined ? {} : { content }),
      ...first,
    },
  };
}
