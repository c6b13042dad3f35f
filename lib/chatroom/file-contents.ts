import type { AttachmentKind } from "@/lib/schemas/chatroom";

/** What a request holds of a file: text as it is, everything else in base64. */
export async function contentOf(kind: AttachmentKind, blob: Blob): Promise<string> {
  return kind === "text" ? blob.text() : base64Of(blob);
}

const BYTES_AT_ONCE = 0x8000;

export async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + BYTES_AT_ONCE));
  }
  return btoa(binary);
}

export function blobOfBase64(base64: string, mediaType: string): Blob {
  const binary = atob(base64);
  // Letter by letter: an iterator takes several times as long for a file of some megabytes.
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return new Blob([bytes], { type: mediaType });
}

/** `undefined` for an address that is no data URL in base64. */
export function blobOfDataUrl(url: string): Blob | undefined {
  const [, mediaType, base64] = /^data:([\w.+/-]+);base64,([\s\S]+)$/.exec(url) ?? [];
  if (mediaType === undefined || base64 === undefined) return undefined;
  try {
    return blobOfBase64(base64, mediaType);
  } catch {
    return undefined;
  }
}
