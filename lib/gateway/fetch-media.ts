import { env } from "@/lib/env";
import { AppError, type ErrorCode, invalidField } from "@/lib/errors";
import { FetchFailure, fetchPublic } from "@/lib/fetch/fetch-public";
import { sniffMediaType } from "@/lib/fetch/sniff-media-type";
import {
  addressesToFetch,
  type FetchedMedia,
  type MediaAddress,
  withFetchedMedia,
} from "@/lib/providers/media-addresses";
import type { Adapter, AdapterTarget, MediaKind } from "@/lib/providers/types";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { abortSignalOf, type ClientSignal } from "./client-signal";

const BYTES_PER_MB = 1_048_576;
/** All that is fetched for one request, so that a long list of addresses does not fill the memory. */
const MAX_FILES_PER_REQUEST = 100;

/** What was fetched for a request: once, however many providers are tried. */
export type MediaShelf = Map<string, Promise<FetchedMedia>>;

/**
 * The request with the content of those addresses that the provider cannot open itself; the request itself where there
 * are none, which is the case of nearly all.
 *
 * @throws AppError (rejects) naming the part whose address gives nothing of use.
 */
export function fetchMedia(
  request: ChatRequest,
  adapter: Adapter,
  target: AdapterTarget,
  shelf: MediaShelf,
  client: ClientSignal,
): ChatRequest | Promise<ChatRequest> {
  const addresses = addressesToFetch(request, adapter, target);
  return addresses.length === 0 ? request : withContent(request, addresses, shelf, client);
}

async function withContent(
  request: ChatRequest,
  addresses: readonly MediaAddress[],
  shelf: MediaShelf,
  client: ClientSignal,
): Promise<ChatRequest> {
  const [, ...more] = addresses.slice(MAX_FILES_PER_REQUEST - 1);
  if (more[0] !== undefined) throw invalidField(more[0].field, `more than ${MAX_FILES_PER_REQUEST} addresses to fetch`);
  const fetched = new Map<string, FetchedMedia>();
  let bytes = 0;
  // One after another: the limit on all of them holds, and a request for many does not hit one host at once.
  for (const address of addresses) {
    const media = await taken(address, shelf, client);
    if (!fetched.has(address.url)) bytes += media.base64.length;
    if (bytes > env().MAX_BODY_MB * BYTES_PER_MB) {
      throw new AppError("payload_too_large", `${address.field}: with it the files are over ${env().MAX_BODY_MB} MB`);
    }
    fetched.set(address.url, media);
  }
  return withFetchedMedia(request, fetched);
}

function taken(address: MediaAddress, shelf: MediaShelf, client: ClientSignal): Promise<FetchedMedia> {
  const key = `${address.kind} ${address.url}`;
  let media = shelf.get(key);
  if (media === undefined) {
    media = fetchOne(address, client);
    shelf.set(key, media);
  }
  return media;
}

async function fetchOne({ kind, url, field }: MediaAddress, client: ClientSignal): Promise<FetchedMedia> {
  const { MAX_FILE_MB, FETCH_TIMEOUT_MS } = env();
  const limits = { maxBytes: MAX_FILE_MB * BYTES_PER_MB, timeoutMs: FETCH_TIMEOUT_MS, signal: abortSignalOf(client) };
  const bytes = await fetchPublic(url, limits).catch((error: unknown) => {
    if (error instanceof FetchFailure) throw refusal(kind, CODE_BY_FAILURE[error.kind], field, error.message);
    throw error;
  });
  // By the content alone: what a server calls it, and how the address ends, is often wrong.
  const mediaType = sniffMediaType(bytes);
  if (mediaType === undefined || !FITS[kind](mediaType)) {
    throw refusal(kind, "unsupported_image_format", field, `${WANTED[kind]}, and what is there is not`);
  }
  return { mediaType, base64: Buffer.from(bytes).toString("base64") };
}

const CODE_BY_FAILURE = {
  forbidden: "image_download_failed",
  unreachable: "image_download_failed",
  "too-large": "image_too_large",
} as const satisfies Record<FetchFailure["kind"], ErrorCode>;

const IMAGE_TYPES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);

const FITS: Record<MediaKind, (mediaType: string) => boolean> = {
  image: (mediaType) => IMAGE_TYPES.has(mediaType),
  video: (mediaType) => mediaType.startsWith("video/"),
  file: (mediaType) => !mediaType.startsWith("video/"),
};

const WANTED = {
  image: "must lead to a PNG, JPEG, WebP or GIF",
  video: "must lead to an MP4, MPEG, MOV or WebM",
  file: "must lead to a document",
} as const satisfies Record<MediaKind, string>;

/** Pictures have words of their own for what can be wrong with them. */
function refusal(kind: MediaKind, code: ErrorCode, field: string, problem: string): AppError {
  if (kind !== "image") return invalidField(field, problem);
  return new AppError(code, `${field}: ${problem}`, { metadata: { field } });
}
