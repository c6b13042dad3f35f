import { expect, test } from "vitest";
import { jsonSchemaProblem } from "./json-schema";

test.each([
  {},
  { type: "object", properties: { a: { type: ["string", "null"] } }, required: ["a"], additionalProperties: false },
  { $ref: "#/$defs/node", $defs: { node: { type: "array", items: { $ref: "#/$defs/node" } } } },
  { anyOf: [{ type: "string", enum: ["a"] }, { const: 1 }], description: "of a newer draft", unknownKeyword: 1 },
  { type: "object", properties: { type: { type: "string" }, required: { type: "boolean" }, items: { type: "null" } } },
  { type: "array", items: [{ type: "string" }, true] },
])("%j is taken", (schema) => {
  expect(jsonSchemaProblem(schema)).toBeUndefined();
});

test.each([
  { schema: { type: "text" }, problem: /type/ },
  { schema: { type: 1 }, problem: /type/ },
  { schema: { type: ["string", "nil"] }, problem: /type/ },
  { schema: { properties: [] }, problem: /^properties / },
  { schema: { properties: { a: "string" } }, problem: /^properties\.a must be a schema/ },
  { schema: { properties: { a: { items: { type: "list" } } } }, problem: /^properties\.a\.items has a type/ },
  { schema: { required: "a" }, problem: /required/ },
  { schema: { required: [1] }, problem: /required/ },
  { schema: { enum: "a" }, problem: /enum/ },
  { schema: { anyOf: { type: "string" } }, problem: /^anyOf must be an array/ },
  { schema: { anyOf: [{ type: "string" }, { type: "text" }] }, problem: /^anyOf has a type/ },
])("$schema is refused", ({ schema, problem }) => {
  expect(jsonSchemaProblem(schema)).toMatch(problem);
});
