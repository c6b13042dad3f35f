import "server-only";
import { z } from "zod";
import type { SearchResult } from "@/lib/schemas/web-search";
import { openUpstream } from "./open-upstream";

// Exa's search of the web. Source: exa.ai/docs/reference/search, as known in 2026-11.

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

const answerSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      url: z.string(),
      title: z.string().nullish(),
      text: z.string().nullish(),
      publishedDate: z.string().nullish(),
    }),
  ),
});

export type ExaQuestion = {
  baseUrl: string;
  apiKey: string;
  query: string;
  maxResults: number;
  includeDomains: readonly string[];
  excludeDomains: readonly string[];
  /** So much of each page's text is asked for. */
  maxTextChars: number;
  /** All the time it may take. */
  budgetMs: number;
};

export type ExaAnswer =
  | { kind: "found"; results: readonly SearchResult[] }
  /** `reason`: for the route; never the query, nor what Exa says of it. */
  | { kind: "failed"; reason: string };

/**
 * Searches the web; never throws.
 *
 * @param onStart is given what ends the search early
 */
export async function askExa(question: ExaQuestion, onStart: (cancel: () => void) => void): Promise<ExaAnswer> {
  const { baseUrl, apiKey, includeDomains, excludeDomains, budgetMs, maxResults } = question;
  const call = openUpstream({
    url: `${baseUrl.replace(/\/+$/, "")}/search`,
    headers: { "x-api-key": apiKey, "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      query: question.query,
      type: "auto",
      numResults: maxResults,
      ...(includeDomains.length === 0 ? {} : { includeDomains }),
      ...(excludeDomains.length === 0 ? {} : { excludeDomains }),
      contents: { text: { maxCharacters: question.maxTextChars } },
    }),
    droppedParameters: [],
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    call.cancel(new Error("too slow"));
  }, budgetMs);
  onStart(() => call.cancel(new Error("the client went away")));
  try {
    const { status, body } = await call.response;
    if (status !== 200) return { kind: "failed", reason: `Exa answered with status ${status}` };
    const parsed = answerSchema.safeParse(parsedOrUndefined(await textOf(body)));
    if (!parsed.success) return { kind: "failed", reason: "Exa's answer could not be read" };
    return { kind: "found", results: resultsOf(parsed.data, maxResults) };
  } catch {
    return { kind: "failed", reason: isLate ? `Exa took longer than ${budgetMs} ms` : "Exa cannot be reached" };
  } finally {
    clearTimeout(timer);
    call.cancel(new Error("done"));
  }
}

/** Pages of the web alone, each once; never more than were asked for, since each is charged. */
function resultsOf({ results }: z.infer<typeof answerSchema>, maxResults: number): SearchResult[] {
  const byUrl = new Map<string, SearchResult>();
  for (const { url, title, text, publishedDate } of results) {
    if (!/^https?:\/\/[^\s/]/i.test(url) || byUrl.has(url)) continue;
    byUrl.set(url, { url, title: title?.trim() ?? "", text: text ?? "", published: publishedDate ?? undefined });
  }
  return [...byUrl.values()].slice(0, maxResults);
}

async function textOf(body: AsyncIterable<readonly Uint8Array[]>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const group of body) {
    for (const piece of group) {
      pieces.push(piece);
      size += piece.length;
    }
    if (size > MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(pieces).toString("utf8");
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
