/** Narrow readers for JSON that somebody else wrote: a wrong type or `null` reads as absent, never as an error. */

export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value if it is an object, else `undefined`. */
export function recordOf(value: unknown): JsonRecord | undefined {
  return isRecord(value) ? value : undefined;
}

/** The items if the value is an array, else none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a string with something in it, else `undefined`. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** More than any provider can have counted; sums of a few still fit into the database's 32-bit columns. */
const MAX_COUNT = 500_000_000;

/** A count of something: whole, not below zero, not absurdly large; what is no number counts as 0. */
export function countOf(value: unknown): number {
  return typeof value === "number" && value > 0 ? Math.min(Math.round(value), MAX_COUNT) : 0;
}

/** The parsed value, or `undefined` when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may be somebody's prompt, so it goes no further.
    return undefined;
  }
}

/**
 * The object that an event holds.
 * @throws Error without any of the content when it holds none.
 */
export function parseEventData(data: string): JsonRecord {
  const value = parseJson(data);
  if (!isRecord(value)) throw new Error(`event of ${data.length} characters is not a JSON object`);
  return value;
}
