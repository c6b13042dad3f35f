import { invalidField } from "@/lib/errors";
import { sniffMediaType } from "@/lib/fetch/sniff-media-type";
import type { ChatRequest, ContentPart } from "@/lib/schemas/chat-request";

/** Enough of the beginning of a file to know it by; the whole may be large, and is on the hot path. */
const SAMPLE_CHARS = 512;

/**
 * Holds the media in a request against what they are said to be. What cannot be recognised is left to the provider, and
 * so is text, which is what anything looks like whose first bytes happen to be letters.
 *
 * @throws AppError `invalid_request` naming the part whose content is of another type.
 */
export function checkMedia({ messages }: ChatRequest): void {
  messages.forEach(({ content }, index) => {
    if (typeof content !== "object" || content === null) return;
    content.forEach((part, at) => {
      const given = givenMedia(part);
      if (given === undefined) return;
      const found = sniffMediaType(Buffer.from(given.base64.slice(0, SAMPLE_CHARS), "base64"));
      if (found === undefined || found === "text/plain" || isSame(given.mediaType, found)) return;
      // It says nothing, so that nothing of it is wrong.
      if (given.mediaType === "application/octet-stream") return;
      throw invalidField(`messages[${index}].content[${at}]`, `says that it is ${given.mediaType}, and is ${found}`);
    });
  });
}

type GivenMedia = { mediaType: string; base64: string };

function givenMedia(part: ContentPart): GivenMedia | undefined {
  switch (part.type) {
    case "image_url":
      return dataUrlOf(part.image_url.url);
    case "video_url":
    case "input_video":
      return dataUrlOf(part.video_url.url);
    case "file":
      return dataUrlOf(part.file.file_data ?? "");
    case "input_audio":
      return { mediaType: `audio/${part.input_audio.format}`, base64: part.input_audio.data };
    case "text":
      return undefined;
  }
}

function dataUrlOf(url: string): GivenMedia | undefined {
  if (!url.startsWith("data:")) return undefined;
  const comma = url.indexOf(",");
  const mediaType = url.slice("data:".length, comma).split(";")[0]?.toLowerCase() ?? "";
  return mediaType === "" ? undefined : { mediaType, base64: url.slice(comma + 1) };
}

const OTHER_NAMES: Readonly<Record<string, string>> = { "image/jpg": "image/jpeg" };

function isSame(said: string, found: string): boolean {
  if ((OTHER_NAMES[said] ?? said) === found) return true;
  const [kind, foundKind] = [said, found].map((mediaType) => mediaType.split("/")[0]);
  // One container may hold pictures that move or sound alone, and goes by several names.
  const isFilm = (name: string | undefined) => name === "video" || name === "audio";
  return isFilm(kind) && isFilm(foundKind);
}
