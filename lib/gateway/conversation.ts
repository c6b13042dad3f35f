import { hash } from "node:crypto";
import type { ChatMessage, ChatRequest, ContentPart, ReasoningDetail } from "@/lib/schemas/chat-request";

/** More of a text than this tells no further conversations apart. */
const MAX_TEXT_CHARS = 64 * 1024;
const MAX_MEDIA_CHARS = 256;
const MAX_SESSION_CHARS = 512;

/**
 * What tells conversations of an account apart: the session that the caller names, or else the opening messages, up to
 * the first one of the user.
 */
export class Conversation {
  readonly accountId: string;
  private readonly request: ChatRequest;
  /** The session that the caller names, in the body or else in a header. */
  readonly sessionId: string | null;
  private made: string | undefined;

  /** @param sessionHeader `x-session-id`, if it was sent. */
  constructor(accountId: string, request: ChatRequest, sessionHeader: string | undefined) {
    this.accountId = accountId;
    this.request = request;
    this.sessionId = request.session_id ?? sessionHeader?.slice(0, MAX_SESSION_CHARS) ?? null;
  }

  /** A hash, made when it is first asked for. Nothing can be read out of it. */
  get key(): string {
    this.made ??=
      this.sessionId === null
        ? hashOf(`opening\n${openingOf(this.request.messages)}`)
        : hashOf(`session\n${this.sessionId}`);
    return this.made;
  }
}

/** The key under which it is noted who signed a piece of reasoning. */
export function signatureKey(signature: string): string {
  return hashOf(`signature\n${signature}`);
}

/** What only its maker can read or check of a piece of reasoning; `undefined` when it is plain text. */
export function signatureOf({ signature, data }: ReasoningDetail): string | undefined {
  return signature || data || undefined;
}

function hashOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 22);
}

function openingOf(messages: readonly ChatMessage[]): string {
  const user = messages.findIndex(({ role }) => role === "user");
  const opening = user === -1 ? messages : messages.slice(0, user + 1);
  return opening.map(({ role, content }) => `${role}\n${textOf(content)}`).join("\n\0\n");
}

function textOf(content: ChatMessage["content"]): string {
  if (content === null || content === undefined) return "";
  return typeof content === "string" ? shortened(content, MAX_TEXT_CHARS) : content.map(partText).join("\n");
}

function partText(part: ContentPart): string {
  switch (part.type) {
    case "text":
      return shortened(part.text, MAX_TEXT_CHARS);
    case "image_url":
      return shortened(part.image_url.url, MAX_MEDIA_CHARS);
    case "file":
      return shortened(part.file.file_data ?? part.file.file_id ?? "", MAX_MEDIA_CHARS);
    case "input_audio":
      return shortened(part.input_audio.data, MAX_MEDIA_CHARS);
    case "video_url":
    case "input_video":
      return shortened(part.video_url.url, MAX_MEDIA_CHARS);
  }
}

function shortened(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars)}…${text.length}`;
}
