import "server-only";
import { z } from "zod";
import type { ParsedPart } from "@/lib/schemas/file-annotation";
import { openUpstream, type UpstreamResponse } from "./open-upstream";
import { accessState } from "./provider-access";

// Mistral's OCR. Source: docs.mistral.ai/api/#tag/ocr, as known in 2026-11.

const PROVIDER = "mistral";
const MODEL = "mistral-ocr-latest";
/** A thousand pages take it a minute or so. */
const TIMEOUT_MS = 180_000;
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** Pictures cost the model that sees them hundreds of tokens each, and most pages have only ornaments. */
const MAX_IMAGES = 8;

const answerSchema = z.looseObject({
  pages: z.array(
    z.looseObject({
      index: z.int(),
      markdown: z.string(),
      images: z.array(z.looseObject({ id: z.string(), image_base64: z.string().nullish() })).nullish(),
    }),
  ),
  usage_info: z.looseObject({ pages_processed: z.int().nullish() }).nullish(),
});

export type OcrReading =
  | {
      kind: "read";
      parts: readonly ParsedPart[];
      /** What is to be paid for. */
      pages: number;
    }
  /** The document is the cause. */
  | { kind: "refused"; problem: string }
  /** The service is the cause. */
  | { kind: "failed"; problem: string };

/** Whether pages can be read at all, and by whom: `sandbox` plays it where nobody has a key. */
export function ocrAccess(): "live" | "sandbox" | "none" {
  const access = accessState().table.get(PROVIDER);
  return access === undefined ? "none" : access.sandbox ? "sandbox" : "live";
}

/**
 * Has a document read page by page, scans too. Never throws.
 *
 * @param address of the document: http(s), or a data URL
 */
export async function readByOcr(address: string, signal: AbortSignal): Promise<OcrReading> {
  const access = accessState().table.get(PROVIDER);
  if (access === undefined) return { kind: "failed", problem: "nobody has a key for it" };
  const state = accessState();
  state.turn = (state.turn + 1) % 1_000_000;
  const { baseUrl, apiKey } = access.connections[state.turn % access.connections.length] ?? access.connections[0];
  const call = openUpstream({
    url: `${baseUrl}/ocr`,
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      model: MODEL,
      document: { type: "document_url", document_url: address },
      include_image_base64: true,
      image_limit: MAX_IMAGES,
    }),
    droppedParameters: [],
  });
  const cancel = () => call.cancel(new Error("the client went away"));
  const timer = setTimeout(() => call.cancel(new Error("too slow")), TIMEOUT_MS);
  signal.addEventListener("abort", cancel);
  if (signal.aborted) cancel();
  try {
    const response = await call.response;
    const text = await textOf(response);
    if (response.status === 200) return readingOf(text);
    // A wrong key, too many requests and its own failures say nothing of the document.
    const isDocuments = [400, 404, 413, 415, 422].includes(response.status);
    const problem = `it answered with status ${response.status}`;
    return isDocuments ? { kind: "refused", problem } : { kind: "failed", problem };
  } catch {
    return { kind: "failed", problem: "it cannot be reached, or took too long" };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    call.cancel(new Error("done"));
  }
}

function readingOf(text: string): OcrReading {
  const answer = answerSchema.safeParse(parsedOrUndefined(text));
  if (!answer.success) return { kind: "failed", problem: "its answer cannot be read" };
  const { pages, usage_info: usage } = answer.data;
  const ordered = pages.toSorted((a, b) => a.index - b.index);
  const parts: ParsedPart[] = [];
  for (const { markdown, images } of ordered) {
    parts.push({ type: "text", text: `${markdown}\n` });
    for (const { image_base64: url } of images ?? []) {
      if (url?.startsWith("data:image/") === true) parts.push({ type: "image_url", image_url: { url } });
    }
  }
  if (parts.every((part) => part.type === "text" && part.text.trim() === "")) {
    return { kind: "refused", problem: "it found nothing on the pages" };
  }
  return { kind: "read", parts, pages: usage?.pages_processed ?? pages.length };
}

async function textOf({ body }: UpstreamResponse): Promise<string> {
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
