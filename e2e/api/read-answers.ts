import { expect } from "vitest";
import { z } from "zod";
import { type ApiCall, callApi, readStream, type Target } from "@/e2e/fixtures/call-api";
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  chatCompletionChunkSchema,
  chatCompletionSchema,
  errorResponseSchema,
} from "@/lib/schemas/chat-completion";

export const CHAT = "/chat/completions";

/** Asks for a whole answer and expects a good one. */
export async function complete(target: Target, body: Record<string, unknown>): Promise<ChatCompletion> {
  const { status, text, json } = await callApi(target, CHAT, { body });
  expect(status, text).toBe(200);
  return exactly(chatCompletionSchema, json);
}

/** Asks for a stream and expects a good one, to its end. */
export async function stream(target: Target, body: Record<string, unknown>): Promise<ChatCompletionChunk[]> {
  const { status, text } = await callApi(target, CHAT, { body: { ...body, stream: true } });
  expect(status, text).toBe(200);
  const { chunks, done } = readStream(text);
  expect(done).toBe(true);
  return chunks.map((chunk) => exactly(chatCompletionChunkSchema, chunk));
}

/** Parses, and refuses keys that the schema does not have: a key too many breaks clients as one too few does. */
export function exactly<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.parse(value);
  expect(value).toEqual(parsed);
  return parsed;
}

/** The keys of an object, sorted. */
export function keysOf(value: unknown): string[] {
  return Object.keys(z.record(z.string(), z.unknown()).parse(value)).sort();
}

/** Makes a call that is refused, in the one form that refusals have. */
export async function refusalOf(target: Target, path: string, call: ApiCall) {
  const { status, headers, json } = await callApi(target, path, call);
  const { error } = errorResponseSchema.parse(json);
  expect(headers.get("content-type")).toMatch(/^application\/json/);
  expect(error.code).toBe(status);
  return { status, message: error.message, metadata: error.metadata };
}
