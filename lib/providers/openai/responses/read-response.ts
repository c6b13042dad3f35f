import { type ChatChunk, NO_TOKENS, type TokenUsage } from "@/lib/schemas/chat-chunk";
import type { Annotation } from "@/lib/schemas/chat-completion";
import { failureOf } from "../../failure";
import { countOf, isRecord, type JsonRecord, listOf, recordOf, textOf } from "../../json";
import { UpstreamError } from "../../types";
import { readErrorFields } from "../decode-failure";
import { finishReasonOf } from "../finish-reasons";

/**
 * What a response says at its end: why it stopped, and what it used. `searches`: how often the web was searched for it.
 *
 * @throws UpstreamError when it failed
 */
export function readEnding(response: JsonRecord, hasCalls: boolean, searches: number): ChatChunk {
  if (response.status === "failed" || response.error != null) {
    throw new UpstreamError(failureOf(readErrorFields(response) ?? { message: "the provider reported a failure" }));
  }
  const native = textOf(recordOf(response.incomplete_details)?.reason) ?? textOf(response.status) ?? "completed";
  const usage = readUsage(response.usage, searches);
  const id = textOf(response.id);
  const tier = textOf(response.service_tier);
  return {
    finishReason: finishReasonOf(native, hasCalls),
    nativeFinishReason: native,
    ...(id === undefined ? {} : { upstreamId: id }),
    ...(usage === undefined ? {} : { usage }),
    ...(tier === undefined ? {} : { serviceTier: tier }),
  };
}

/** Token counts, with what xAI says of its searches where it says it. */
function readUsage(value: unknown, searches: number): TokenUsage | undefined {
  const usage = recordOf(value);
  if (usage === undefined) return undefined;
  const promptTokens = countOf(usage.input_tokens);
  const completionTokens = countOf(usage.output_tokens);
  if (promptTokens === 0 && completionTokens === 0) return undefined;
  const reasoningTokens = countOf(recordOf(usage.output_tokens_details)?.reasoning_tokens);
  const count = countOf(usage.num_server_side_tools_used) || searches;
  return {
    ...NO_TOKENS,
    promptTokens,
    completionTokens,
    cachedTokens: Math.min(countOf(recordOf(usage.input_tokens_details)?.cached_tokens), promptTokens),
    reasoningTokens: Math.min(reasoningTokens, completionTokens),
    ...(count === 0 ? {} : { searches: count }),
  };
}

/** Whether an item of the output is a search of the web that is billed: opening a page that was found is not. */
export function isBilledSearch(item: JsonRecord): boolean {
  if (item.type === "x_search_call") return true;
  if (item.type !== "web_search_call" || item.status === "failed") return false;
  const action = textOf(recordOf(item.action)?.type);
  return action === undefined || action === "search";
}

/**
 * A citation in our form. Its places count from the beginning of the whole text.
 * @param offset where the part of text that it is in begins
 */
export function readCitation(value: unknown, offset: number): Annotation | undefined {
  const citation = recordOf(value);
  const url = textOf(citation?.url);
  if (citation === undefined || citation.type !== "url_citation" || url === undefined) return undefined;
  const { start_index: start, end_index: end } = citation;
  const title = textOf(citation.title);
  return {
    type: "url_citation",
    url_citation: {
      url,
      // xAI writes the number of the source there.
      title: title === undefined || /^\d+$/.test(title) ? hostOf(url) : title,
      ...(isIndex(start) && isIndex(end) ? { start_index: start + offset, end_index: end + offset } : {}),
    },
  };
}

function isIndex(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function hostOf(url: string): string {
  return /^https?:\/\/(?:www\.)?([^/?#]+)/i.exec(url)?.[1] ?? url;
}

/** The text of a reasoning item, its summaries where there is no more. */
export function reasoningTextOf(item: JsonRecord): string {
  const textIn = (parts: unknown) =>
    listOf(parts)
      .flatMap((part) => (isRecord(part) ? (textOf(part.text) ?? []) : []))
      .join("\n\n");
  return textIn(item.content) || textIn(item.summary);
}
