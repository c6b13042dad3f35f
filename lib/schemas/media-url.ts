import { z } from "zod";

const IMAGE_TYPES = ["image/png", "image/jpeg", "image/jpg", "image/webp", "image/gif"];
const VIDEO_TYPES = ["video/mp4", "video/mpeg", "video/mov", "video/quicktime", "video/webm"];
const AUDIO_FORMATS = ["wav", "mp3", "aiff", "aac", "ogg", "flac", "m4a", "pcm16", "pcm24"] as const;

/** Whether the text can be base64; line breaks are allowed, the padding may be missing. In one pass: it may be large. */
export function isBase64(text: string): boolean {
  if (/[^A-Za-z0-9+/=\s]/.test(text)) return false;
  const compact = /\s/.test(text) ? text.replace(/\s+/g, "") : text;
  const end = compact.indexOf("=");
  const digits = end === -1 ? compact.length : end;
  return digits > 0 && digits % 4 !== 1 && compact.length - digits <= 2 && /^=*$/.test(compact.slice(digits));
}

/** An address on the web, or a data URL of one of the media types in base64. */
function mediaUrlSchema(mediaTypes: readonly string[]) {
  return z
    .string()
    .min(1)
    .superRefine((url, context) => {
      const problem = problemOf(url, mediaTypes);
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
    });
}

function problemOf(url: string, mediaTypes: readonly string[]): string | undefined {
  if (/^https?:\/\/[^\s/]/i.test(url)) return undefined;
  if (!/^data:/i.test(url)) return "must be an http(s) URL or a data URL";
  const comma = url.indexOf(",");
  const [mediaType = "", ...parameters] = url.slice("data:".length, comma === -1 ? 0 : comma).split(";");
  if (comma === -1 || parameters.at(-1)?.toLowerCase() !== "base64") return "must be base64 encoded";
  if (!mediaTypes.includes(mediaType.toLowerCase())) return `must be one of ${mediaTypes.join(", ")}`;
  return isBase64(url.slice(comma + 1)) ? undefined : "does not hold valid base64";
}

export const imageUrlSchema = mediaUrlSchema(IMAGE_TYPES);
export const videoUrlSchema = mediaUrlSchema(VIDEO_TYPES);

/** Sound is sent along, never fetched. */
export const inputAudioSchema = z.looseObject({
  data: z.string().min(1).refine(isBase64, "must be base64: audio cannot be given by URL"),
  format: z.enum(AUDIO_FORMATS),
});
