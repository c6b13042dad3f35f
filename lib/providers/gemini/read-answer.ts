import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { Annotation, Logprobs } from "@/lib/schemas/chat-completion";
import { failureOf } from "../failure";
import { isRecord, type JsonRecord, listOf, recordOf, textOf } from "../json";
import { UpstreamError } from "../types";
import { readErrorFields } from "./decode-failure";
import { finishReasonOf } from "./finish-reasons";
import { PartReader } from "./part-reader";
import { readUsage } from "./read-usage";

const NOTHING: readonly ChatChunk[] = [];

/** Reads the objects of one answer in order: the events of a stream, or the one body. */
export class AnswerReader {
  readonly #parts = new PartReader();
  #upstreamId = "";
  #sources: readonly Annotation[] = [];
  #isFinished = false;

  /** Whether the API has said why it stopped. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /**
   * @throws UpstreamError when the object reports a failure
   * @throws Error when it is no object of this protocol
   */
  read(json: JsonRecord): readonly ChatChunk[] {
    if (json.error != null) throw new UpstreamError(failureOf(readErrorFields(json)));
    const isKnown = KNOWN_FIELDS.some((name) => json[name] != null);
    if (!isKnown) throw new Error("not an object of the generateContent protocol");

    const chunk: ChatChunk = {};
    const id = textOf(json.responseId);
    if (id !== undefined && this.#upstreamId === "") {
      this.#upstreamId = id;
      chunk.upstreamId = id;
    }
    const usage = readUsage(json.usageMetadata);
    if (usage !== undefined) chunk.usage = usage;

    const candidate = listOf(json.candidates).find((value) => isRecord(value) && !value.index);
    if (isRecord(candidate)) this.#readCandidate(candidate, chunk);
    else this.#readFeedback(json, chunk);
    return Object.keys(chunk).length === 0 ? NOTHING : [chunk];
  }

  #readCandidate(candidate: JsonRecord, chunk: ChatChunk): void {
    const parts = listOf(recordOf(candidate.content)?.parts);
    const delta = this.#parts.read(parts, this.#upstreamId);
    if (delta !== undefined) chunk.delta = delta;
    const sources = readSources(candidate.groundingMetadata);
    if (sources.length > 0) this.#sources = sources;
    const logprobs = readLogprobs(candidate.logprobsResult);
    if (logprobs !== undefined) chunk.logprobs = logprobs;

    const native = textOf(candidate.finishReason);
    if (native === undefined || native === "FINISH_REASON_UNSPECIFIED" || this.#isFinished) return;
    this.#finish(native, chunk);
    if (this.#sources.length > 0) chunk.delta = { ...chunk.delta, annotations: [...this.#sources] };
  }

  /** A prompt that was blocked has no candidates at all. */
  #readFeedback(json: JsonRecord, chunk: ChatChunk): void {
    const reason = textOf(recordOf(json.promptFeedback)?.blockReason);
    if (reason === undefined || reason === "BLOCK_REASON_UNSPECIFIED" || this.#isFinished) return;
    this.#isFinished = true;
    chunk.finishReason = "content_filter";
    chunk.nativeFinishReason = reason;
  }

  #finish(native: string, chunk: ChatChunk): void {
    this.#isFinished = true;
    chunk.finishReason = finishReasonOf(native, this.#parts.hasToolCalls);
    chunk.nativeFinishReason = native;
  }
}

const KNOWN_FIELDS = ["candidates", "usageMetadata", "promptFeedback", "responseId", "modelVersion"] as const;

/** Pages that the answer rests on. */
function readSources(value: unknown): readonly Annotation[] {
  return listOf(recordOf(value)?.groundingChunks).flatMap((item): Annotation[] => {
    const web = recordOf(recordOf(item)?.web);
    const url = textOf(web?.uri);
    if (url === undefined) return [];
    const title = textOf(web?.title);
    return [{ type: "url_citation", url_citation: title === undefined ? { url } : { url, title } }];
  });
}

/** Probabilities of the chosen tokens and of their rivals, which come as two lists of equal length. */
function readLogprobs(value: unknown): Logprobs | undefined {
  const result = recordOf(value);
  const rivals = listOf(result?.topCandidates);
  const content = listOf(result?.chosenCandidates).flatMap((chosen, index) => {
    const top = listOf(recordOf(rivals[index])?.candidates).flatMap(readToken);
    return readToken(chosen).map((token) => ({ ...token, top_logprobs: top }));
  });
  return content.length === 0 ? undefined : { content, refusal: null };
}

function readToken(value: unknown): { token: string; logprob: number; bytes: null }[] {
  const { token, logProbability: logprob } = recordOf(value) ?? {};
  return typeof token === "string" && typeof logprob === "number" ? [{ token, logprob, bytes: null }] : [];
}
