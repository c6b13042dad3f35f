import type { ChatRequest, ContentPart } from "@/lib/schemas/chat-request";
import { type RerankRequest, rerankRequestSchema } from "@/lib/schemas/rerank-request";
import type { RerankDocument, RerankTask } from "@/lib/schemas/task";
import type { PromptNeeds } from "../../needs-of";
import { parseJsonObject } from "../../parse-chat-request";
import { parseInput } from "../../parse-input";
import { entryNeeds } from "../entry-needs";
import { routingFields } from "../routing-fields";

// A unit of search is a query with up to 100 documents, where a longer document counts once for every 500 tokens, and is
// cut after 4 096. Source: docs.cohere.com, rerank and its pricing, as known in 2026-11.
const DOCUMENTS_PER_UNIT = 100;
const TOKENS_PER_PIECE = 500;
const MAX_PIECES = 9;

export type ReadRerank = { request: ChatRequest; task: RerankTask; needs: PromptNeeds };

/**
 * Reads the body of `POST /rerank`. Beside the task there is a request in our form, with a message for each document: by
 * it the task is routed, held credit for, and counted where its provider does not.
 *
 * @throws AppError `invalid_request` that names the first wrong field.
 */
export function readRerank(body: Uint8Array): ReadRerank {
  const parsed = parseInput(rerankRequestSchema, parseJsonObject(body));
  const { query } = parsed;
  const documents = parsed.documents.map(
    (document): RerankDocument => (typeof document === "string" ? { text: document } : withoutMore(document)),
  );
  const request: ChatRequest = {
    ...routingFields(parsed),
    messages: documents.map((document) => ({ role: "user", content: contentOf(query, document) })),
  };
  return {
    request,
    task: { kind: "rerank", query, documents, topN: parsed.top_n ?? undefined },
    needs: { ...entryNeeds(request, "documents"), requestsBound: searchesBound(query, documents) },
  };
}

function withoutMore({ text, image }: Exclude<RerankRequest["documents"][number], string>): RerankDocument {
  return { ...(text === undefined ? {} : { text }), ...(image === undefined ? {} : { image }) };
}

/** The query is read again with each document. */
function contentOf(query: string, { text, image }: RerankDocument): string | ContentPart[] {
  const words = `${query}\n${text ?? ""}`;
  return image === undefined
    ? words
    : [
        { type: "text", text: words },
        { type: "image_url", image_url: { url: image } },
      ];
}

/** How many searches a provider may bill, at most: a document has no more tokens than bytes. */
function searchesBound(query: string, documents: readonly RerankDocument[]): number {
  let pieces = 0;
  for (const { text = "" } of documents) {
    const bytes = Buffer.byteLength(query) + Buffer.byteLength(text);
    pieces += Math.min(MAX_PIECES, Math.ceil(bytes / TOKENS_PER_PIECE));
  }
  return Math.ceil(pieces / DOCUMENTS_PER_UNIT);
}
