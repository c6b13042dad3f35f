import { z } from "zod";

/** Longer addresses are cut off or refused by servers and mail programs on their way. */
const MAX_LENGTH = 6_000;
const PARAMETER = "request";

const bodySchema = z.record(z.string(), z.unknown());

// The characters that JSON is full of and that an address may not hold, each in exchange for one that it may hold and
// that JSON seldom has. Its own reverse.
const SWAPS = new Map(
  ['"~', "{(", "})", "[!", "]*"].flatMap(([a = "", b = ""]) => [
    [a, b],
    [b, a],
  ]),
);

function swapped(text: string): string {
  return text.replace(/["~{}()[\]!*]/g, (character) => SWAPS.get(character) ?? character);
}

/**
 * The address of the dry run of a request body; a reader can still make it out:
 * `/route?request=(~model~:~openai/gpt-4o~)`. `undefined`: the body is too long for an address.
 */
export function dryRunHref(body: Readonly<Record<string, unknown>>): string | undefined {
  const text = encodeURIComponent(swapped(JSON.stringify(body)).toWellFormed())
    .replaceAll("%20", "+")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%2F", "/")
    .replaceAll("%40", "@");
  return text.length > MAX_LENGTH ? undefined : `/route?${PARAMETER}=${text}`;
}

/** The body that the decoded `request` parameter of such an address holds; `undefined` when it is none. */
export function readDryRunParameter(value: string | null | undefined): Record<string, unknown> | undefined {
  if (value === null || value === undefined) return undefined;
  try {
    return bodySchema.safeParse(JSON.parse(swapped(value))).data;
  } catch {
    return undefined;
  }
}
