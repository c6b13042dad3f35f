import { AppError } from "@/lib/errors";
import { asChatBody } from "@/lib/schemas/as-chat-body";
import { type ChatRequest, chatRequestSchema } from "@/lib/schemas/chat-request";
import { parseInput } from "./parse-input";

/** Deeper nesting than any real request has; a bound for everything that walks the body later. */
const MAX_DEPTH = 128;

/**
 * Reads the raw body of a chat completion.
 *
 * @throws AppError `invalid_request` that names the first wrong field and what would be right.
 */
export function parseChatRequest(body: Uint8Array): ChatRequest {
  return parseInput(chatRequestSchema, asChatBody(parseJsonObject(body)));
}

/** @throws AppError `invalid_request` when the body is no JSON object, or nested too deeply. */
export function parseJsonObject(body: Uint8Array): Record<string, unknown> {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
  if (text.trim() === "") throw new AppError("invalid_request", "The request body is empty; it must be a JSON object");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, so it is not passed on.
    throw new AppError("invalid_request", "The request body is not valid JSON");
  }
  if (!isJsonObject(value)) {
    throw new AppError("invalid_request", "The request body must be a JSON object");
  }
  if (depthOf(value, MAX_DEPTH) > MAX_DEPTH) {
    throw new AppError("invalid_request", `The request body is nested more than ${MAX_DEPTH} levels deep`);
  }
  return value;
}

function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function depthOf(value: unknown, limit: number): number {
  if (typeof value !== "object" || value === null) return 0;
  if (limit < 0) return 1;
  let deepest = 0;
  for (const child of Object.values(value)) {
    if (typeof child !== "object" || child === null) continue;
    deepest = Math.max(deepest, depthOf(child, limit - 1));
    if (deepest > limit) break;
  }
  return deepest + 1;
}
