import { isRecord, type JsonRecord } from "./json";

const FIELDS = ["city", "region", "country", "timezone"] as const;

/**
 * Where the user roughly is, flat as Anthropic and OpenAI's responses take it. Chat completions has it one level deeper.
 * `undefined`: nothing is said.
 */
export function flatLocation(location: Readonly<Record<string, unknown>> | undefined): JsonRecord | undefined {
  if (location === undefined) return undefined;
  const source = isRecord(location.approximate) ? location.approximate : location;
  const said = FIELDS.flatMap((name) => (typeof source[name] === "string" ? [[name, source[name]] as const] : []));
  return said.length === 0 ? undefined : { type: "approximate", ...Object.fromEntries(said) };
}
