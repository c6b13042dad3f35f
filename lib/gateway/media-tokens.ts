import type { ChatMessage, ContentPart } from "@/lib/schemas/chat-request";

// Pictures: a tile or two of the usual sizes.
const TOKENS_PER_IMAGE = 800;
// Base64 bytes a token of sound, film and documents, so that a small file holds little credit and a large one much.
const MEDIA_BYTES_PER_TOKEN = 400;

/** What the parts of messages hold, added up. */
export type PartTally = {
  textBytes: number;
  images: number;
  mediaBytes: number;
  modalities: Set<"image" | "file" | "audio" | "video">;
  /** Where the videos lie that are given by address. */
  videoAddresses: Set<"youtube" | "other">;
};

export function newPartTally(): PartTally {
  return { textBytes: 0, images: 0, mediaBytes: 0, modalities: new Set(), videoAddresses: new Set() };
}

/** Tokens of pictures, likely. */
export function imageTokensOf({ images }: PartTally): number {
  return TOKENS_PER_IMAGE * images;
}

/** Tokens of sound, film and documents, likely. */
export function fileTokensOf({ mediaBytes }: PartTally): number {
  return Math.ceil(mediaBytes / MEDIA_BYTES_PER_TOKEN);
}

/** Tokens of a message's pictures, sound and documents, likely. */
export function mediaTokensOf({ content }: ChatMessage): number {
  if (!Array.isArray(content)) return 0;
  const tally = newPartTally();
  for (const part of content) addPart(part, tally);
  return imageTokensOf(tally) + fileTokensOf(tally);
}

/** Adds what a part holds to the tally. */
export function addPart(part: ContentPart, tally: PartTally): void {
  switch (part.type) {
    case "text":
      tally.textBytes += Buffer.byteLength(part.text);
      return;
    case "image_url":
      tally.images += 1;
      tally.modalities.add("image");
      return;
    case "file":
      tally.mediaBytes += part.file.file_data?.length ?? 0;
      tally.modalities.add("file");
      return;
    case "input_audio":
      tally.mediaBytes += part.input_audio.data.length;
      tally.modalities.add("audio");
      return;
    case "video_url":
    case "input_video":
      tally.mediaBytes += part.video_url.url.length;
      tally.modalities.add("video");
      noteVideoAddress(part.video_url.url, tally);
      return;
  }
}

const YOUTUBE = /^https?:\/\/(?:(?:www\.|m\.)?youtube\.com|(?:www\.)?youtu\.be)\//i;

function noteVideoAddress(url: string, { videoAddresses }: PartTally): void {
  if (/^https?:/i.test(url)) videoAddresses.add(YOUTUBE.test(url) ? "youtube" : "other");
}
