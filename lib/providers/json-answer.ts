import type { ResponseFormat } from "@/lib/schemas/chat-request";
import { isRecord, type JsonRecord } from "./json";

/**
 * Name of the tool by which a model gives an answer that must fit a schema. The decoder knows it again without knowing
 * the request, and turns its input into content, so no tool of a caller may have this name.
 */
export const JSON_ANSWER_TOOL = "signalbox_json_answer";

/** What to tell a model that can neither be forced nor constrained. */
export function jsonInstructionOf(format: ResponseFormat): string | undefined {
  if (format.type === "json_object") return "Answer with one JSON object and nothing else: no prose, no code fence.";
  if (format.type !== "json_schema") return undefined;
  const schema = JSON.stringify(format.json_schema.schema ?? {});
  return `Answer with one JSON value that fits this JSON schema and nothing else, no prose, no code fence:\n${schema}`;
}

// What constrained decoding cannot enforce and answers with 400.
// Source: platform.claude.com/docs/en/build-with-claude/structured-outputs, JSON schema limitations, as known in 2026-11.
const UNSUPPORTED_KEYWORDS: ReadonlySet<string> = new Set([
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "patternProperties",
  "propertyNames",
]);

// Keywords whose value is a map from names to schemas: what looks like a keyword in there is a name.
const MAPS_OF_SCHEMAS: ReadonlySet<string> = new Set(["properties", "$defs", "definitions"]);
// Keywords whose value is data.
const DATA_KEYWORDS: ReadonlySet<string> = new Set(["enum", "const", "default", "examples", "required"]);

/**
 * The schema as constrained decoding takes it: objects closed, keywords it cannot enforce left out. The caller's
 * stricter wishes are then up to the model, as they are with a forced tool.
 */
export function constrainedSchemaOf(schema: JsonRecord): JsonRecord {
  const out: JsonRecord = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (UNSUPPORTED_KEYWORDS.has(keyword)) continue;
    // Only 0 and 1 can be enforced. Source: as above.
    if (keyword === "minItems" && value !== 0 && value !== 1) continue;
    if (MAPS_OF_SCHEMAS.has(keyword) && isRecord(value)) {
      out[keyword] = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, constrained(inner)]));
    } else {
      out[keyword] = DATA_KEYWORDS.has(keyword) ? value : constrained(value);
    }
  }
  const isObject = schema.type === "object" || isRecord(schema.properties);
  if (isObject) out.additionalProperties = false;
  return out;
}

function constrained(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(constrained);
  return isRecord(value) ? constrainedSchemaOf(value) : value;
}
