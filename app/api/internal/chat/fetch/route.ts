import { AppError } from "@/lib/errors";
import { FetchFailure, fetchPublic } from "@/lib/fetch/fetch-public";
import { pageText } from "@/lib/fetch/page-text";
import { sniffMediaType } from "@/lib/fetch/sniff-media-type";
import { type FetchedPage, fetchPageRequestSchema } from "@/lib/schemas/chat-tools";
import { internalRoute, parseBody } from "../../internal-route";

const MAX_BYTES = 2 * 1_048_576;
const TIMEOUT_MS = 15_000;
/** What a model is shown of a page. */
const MAX_CHARS = 40_000;

/** The words of a page of the web, for the tool that the reader has allowed to fetch it. */
export const POST = internalRoute(async ({ request }): Promise<FetchedPage> => {
  const { url } = await parseBody(request, fetchPageRequestSchema);
  const bytes = await fetchPublic(url, {
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
    signal: request.signal,
    // The reader has allowed this host; the model may ask for where it leads to, and they are asked again.
    isOneHost: true,
  }).catch((error: unknown) => {
    if (error instanceof FetchFailure) throw new AppError("invalid_request", `The address ${error.message}.`);
    throw error;
  });
  if (sniffMediaType(bytes) !== "text/plain")
    throw new AppError("invalid_request", "There is no text at that address.");
  const text = pageText(new TextDecoder().decode(bytes));
  return { text: text.slice(0, MAX_CHARS), isCut: text.length > MAX_CHARS };
});
