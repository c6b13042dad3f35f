import { isRecord } from "@/lib/sandbox/json-value";

// The Schema message of the Gemini API: a subset of OpenAPI 3.0. A field outside of it fails the whole request.
// Sources: github.com/pizza-bot-app/pizza-bot/issues/62 and github.com/lbjlaq/Antigravity-Manager/issues/61, read
// 2026-11-21. Reports differ on `additionalProperties`, so it passes here.
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  "type",
  "format",
  "title",
  "description",
  "nullable",
  "enum",
  "items",
  "minItems",
  "maxItems",
  "properties",
  "required",
  "propertyOrdering",
  "minProperties",
  "maxProperties",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "pattern",
  "example",
  "default",
  "anyOf",
  "additionalProperties",
]);

export type UnknownField = { name: string; at: string };

/** The fields of a `parameters` or `responseSchema` that Gemini does not know, in order, with where they are. */
export function unknownSchemaFields(schema: unknown, at: string): UnknownField[] {
  if (!isRecord(schema)) return [];
  const here = Object.keys(schema)
    .filter((name) => !KNOWN_FIELDS.has(name))
    .map((name) => ({ name, at }));
  const properties = isRecord(schema.properties) ? Object.values(schema.properties) : [];
  const variants = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  return [
    ...here,
    // A map travels as a list of entries in Google's JSON, hence the odd path.
    ...properties.flatMap((property, index) => unknownSchemaFields(property, `${at}.properties[${index}].value`)),
    ...unknownSchemaFields(schema.items, `${at}.items`),
    ...variants.flatMap((variant, index) => unknownSchemaFields(variant, `${at}.any_of[${index}]`)),
  ];
}
