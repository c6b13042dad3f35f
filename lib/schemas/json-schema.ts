const TYPES = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);
const SCHEMAS_BY_NAME = ["properties", "patternProperties", "$defs", "definitions"];
const SCHEMA_LISTS = ["anyOf", "oneOf", "allOf", "prefixItems"];
const SCHEMAS = ["items", "additionalProperties", "not", "contains", "if", "then", "else", "propertyNames"];

/**
 * What no reader of JSON Schema could accept, as a path and what is wrong there; `undefined` when nothing is. The
 * keywords that every dialect has: which others a provider takes is its own affair.
 */
export function jsonSchemaProblem(schema: unknown, path = ""): string | undefined {
  const at = path === "" ? "" : `${path} `;
  if (typeof schema === "boolean") return undefined;
  if (!isRecord(schema)) return `${at}must be a schema`;
  const types = schema.type === undefined ? [] : Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.some((type) => !TYPES.has(type))) return `${at}has a type that JSON Schema does not know`;
  if (schema.enum !== undefined && !Array.isArray(schema.enum)) return `${at}has an enum that is no array`;
  const { required } = schema;
  // Draft 3 had a boolean here, and some generators still write it.
  const isRequiredList = Array.isArray(required) && required.every((name) => typeof name === "string");
  if (required !== undefined && typeof required !== "boolean" && !isRequiredList)
    return `${at}has a required that is no array of names`;
  return problemBelow(schema, path);
}

function problemBelow(schema: Record<string, unknown>, path: string): string | undefined {
  const below = (step: string) => (path === "" ? step : `${path}.${step}`);
  for (const keyword of SCHEMAS_BY_NAME) {
    const named = schema[keyword];
    if (named === undefined) continue;
    if (!isRecord(named)) return `${below(keyword)} must be an object of schemas`;
    for (const [name, value] of Object.entries(named)) {
      const problem = jsonSchemaProblem(value, below(`${keyword}.${name}`));
      if (problem !== undefined) return problem;
    }
  }
  for (const keyword of [...SCHEMA_LISTS, ...SCHEMAS]) {
    const value = schema[keyword];
    if (value === undefined) continue;
    const isList = SCHEMA_LISTS.includes(keyword);
    if (isList && !Array.isArray(value)) return `${below(keyword)} must be an array of schemas`;
    // Before 2020-12, `items` could be a list.
    for (const one of Array.isArray(value) && (isList || keyword === "items") ? value : [value]) {
      const problem = jsonSchemaProblem(one, below(keyword));
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
