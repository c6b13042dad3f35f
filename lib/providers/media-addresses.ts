import type { ChatMessage, ChatRequest, ContentPart } from "@/lib/schemas/chat-request";
import { dataUrl } from "./media";
import type { Adapter, AdapterTarget, MediaKind } from "./types";

/** An address in a request, and the part that holds it. */
export type MediaAddress = { kind: MediaKind; url: string; field: string };

/** What was fetched from an address. */
export type FetchedMedia = { mediaType: string; base64: string };

/** The addresses that the provider cannot take, so that their content has to be sent in their place. */
export function addressesToFetch(
  request: ChatRequest,
  { wantsBytes }: Adapter,
  target: AdapterTarget,
): readonly MediaAddress[] {
  if (wantsBytes === undefined) return NONE;
  let found: MediaAddress[] | undefined;
  request.messages.forEach(({ content }, index) => {
    // Nearly all content is a plain string, and this runs for every request.
    if (typeof content !== "object" || content === null) return;
    content.forEach((part, at) => {
      const address = addressOf(part);
      if (address === undefined || !wantsBytes(address.kind, address.url, target)) return;
      found ??= [];
      found.push({ ...address, field: `messages[${index}].content[${at}]` });
    });
  });
  return found ?? NONE;
}

const NONE: readonly MediaAddress[] = [];

/** The request with the content of addresses in their place. The request itself is not changed. */
export function withFetchedMedia(request: ChatRequest, fetched: ReadonlyMap<string, FetchedMedia>): ChatRequest {
  return { ...request, messages: request.messages.map((message) => messageWith(message, fetched)) };
}

function messageWith(message: ChatMessage, fetched: ReadonlyMap<string, FetchedMedia>): ChatMessage {
  if (typeof message.content !== "object" || message.content === null) return message;
  const content = message.content.map((part) => partWith(part, fetched));
  switch (message.role) {
    case "assistant":
      return { ...message, content };
    case "system":
      return { ...message, content };
    case "developer":
      return { ...message, content };
    case "user":
      return { ...message, content };
    case "tool":
      return { ...message, content };
  }
}

function addressOf(part: ContentPart): { kind: MediaKind; url: string } | undefined {
  switch (part.type) {
    case "image_url":
      return asAddress("image", part.image_url.url);
    case "file":
      return asAddress("file", part.file.file_data);
    case "video_url":
    case "input_video":
      return asAddress("video", part.video_url.url);
    case "text":
    case "input_audio":
      return undefined;
  }
}

function asAddress(kind: MediaKind, url: string | null | undefined): { kind: MediaKind; url: string } | undefined {
  return url != null && /^https?:\/\//i.test(url) ? { kind, url } : undefined;
}

function partWith(part: ContentPart, fetched: ReadonlyMap<string, FetchedMedia>): ContentPart {
  const address = addressOf(part);
  const media = address === undefined ? undefined : fetched.get(address.url);
  if (address === undefined || media === undefined) return part;
  const url = dataUrl(media.mediaType, media.base64);
  switch (part.type) {
    case "image_url":
      return { ...part, image_url: { ...part.image_url, url } };
    case "file":
      return { ...part, file: { ...part.file, filename: part.file.filename ?? nameOf(address.url), file_data: url } };
    case "video_url":
    case "input_video":
      return { ...part, video_url: { ...part.video_url, url } };
    case "text":
    case "input_audio":
      return part;
  }
}

/** The name that an address ends in: the only one a file without a name of its own has. */
function nameOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? "";
  return path.slice(path.lastIndexOf("/") + 1) || "file";
}
