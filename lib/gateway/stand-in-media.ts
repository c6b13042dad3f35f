import { addressesToFetch, type FetchedMedia, withFetchedMedia } from "@/lib/providers/media-addresses";
import type { Adapter, AdapterTarget, MediaKind } from "@/lib/providers/types";
import type { ChatRequest } from "@/lib/schemas/chat-request";

/** The smallest of each kind. */
const STAND_INS: Readonly<Record<MediaKind, FetchedMedia>> = {
  image: {
    mediaType: "image/png",
    base64: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=",
  },
  file: {
    mediaType: "text/plain",
    base64: Buffer.from("A document that the sandbox does not open.").toString("base64"),
  },
  video: { mediaType: "video/mp4", base64: "AAAAGGZ0eXBpc29tAAAAAGlzb20=" },
};

/**
 * The request as the sandbox gets it, which fetches nothing from anywhere: addresses stay what they are where the
 * protocol has a place for them, and are replaced by a small file where it has none.
 */
export function standInMedia(request: ChatRequest, adapter: Adapter, target: AdapterTarget): ChatRequest {
  if (adapter.hasNoAddresses !== true) return request;
  const addresses = addressesToFetch(request, adapter, target);
  if (addresses.length === 0) return request;
  return withFetchedMedia(request, new Map(addresses.map(({ kind, url }) => [url, STAND_INS[kind]])));
}
