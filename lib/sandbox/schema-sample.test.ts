import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readHints } from "@/lib/sandbox/read-hints";
import { sampleOf } from "@/lib/sandbox/schema-sample";

const HINTS = readHints("Book a table for 4 people in Paris on 2026-03-01, order A-1042, in fahrenheit");

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

const SCHEMAS: Record<string, JsonSchema> = {
  "any value": {},
  string: { type: "string" },
  "string bounds": { type: "string", minLength: 30, maxLength: 40 },
  "short string": { type: "string", maxLength: 3 },
  pattern: { type: "string", pattern: "^[A-Z]{2}\\d{3}$" },
  email: { type: "string", format: "email" },
  uri: { type: "string", format: "uri" },
  uuid: { type: "string", format: "uuid" },
  "date-time": { type: "string", format: "date-time" },
  date: { type: "string", format: "date" },
  ipv4: { type: "string", format: "ipv4" },
  integer: { type: "integer", minimum: 10, maximum: 20 },
  "exclusive bounds": { type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 2 },
  "number within one": { type: "number", minimum: 0, maximum: 1 },
  "negative number": { type: "number", maximum: -5 },
  "multiple of": { type: "integer", multipleOf: 7, minimum: 8 },
  boolean: { type: "boolean" },
  null: { type: "null" },
  const: { const: "fixed" },
  enum: { enum: ["celsius", "fahrenheit"] },
  "nullable by type": { type: ["string", "null"] },
  "any of": { anyOf: [{ type: "null" }, { type: "integer" }] },
  "one of objects": {
    oneOf: [
      { type: "object", properties: { kind: { const: "a" } }, required: ["kind"], additionalProperties: false },
      { type: "object", properties: { other: { type: "string" } }, required: ["other"], additionalProperties: false },
    ],
  },
  "all of": {
    allOf: [
      { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      { type: "object", properties: { b: { type: "integer" } }, required: ["b"] },
    ],
  },
  "all of, on one property": {
    allOf: [
      { type: "object", properties: { n: { type: "integer", minimum: 5 } }, required: ["n"] },
      { type: "object", properties: { n: { maximum: 6 } } },
    ],
  },
  "list of constants": { type: "array", items: { const: "x" }, minItems: 2 },
  "list of variants": { type: "array", items: { anyOf: [{ enum: ["a", "b"] }, { type: "boolean" }] }, minItems: 3 },
  object: {
    type: "object",
    properties: { city: { type: "string" }, guests: { type: "integer" }, note: { type: "string" } },
    required: ["city", "guests"],
    additionalProperties: false,
  },
  "nested objects": {
    type: "object",
    properties: {
      items: {
        type: "array",
        minItems: 3,
        items: {
          type: "object",
          properties: { name: { type: "string" } },
          required: ["name"],
          additionalProperties: false,
        },
      },
    },
    required: ["items"],
    additionalProperties: false,
  },
  dictionary: { type: "object", additionalProperties: { type: "number" } },
  tuple: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false },
  "list bounds": { type: "array", items: { type: "integer" }, minItems: 4, maxItems: 4 },
  references: {
    $defs: { point: { type: "object", properties: { x: { type: "number" } }, required: ["x"] } },
    type: "object",
    properties: { from: { $ref: "#/$defs/point" }, to: { $ref: "#/$defs/point" } },
    required: ["from", "to"],
  },
  "recursive list": {
    $defs: {
      node: {
        type: "object",
        properties: { value: { type: "integer" }, next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] } },
        required: ["value", "next"],
        additionalProperties: false,
      },
    },
    $ref: "#/$defs/node",
  },
  "recursive tree": {
    $defs: {
      tree: {
        type: "object",
        properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/tree" } } },
        required: ["name", "children"],
        additionalProperties: false,
      },
    },
    $ref: "#/$defs/tree",
  },
};

describe.each(["all", "required"] as const)("with %s properties", (optional) => {
  test.each(Object.entries(SCHEMAS))("the sample fits: %s", (_name, schema) => {
    const sample = sampleOf(schema, HINTS, optional);
    expect(z.fromJSONSchema(schema).safeParse(sample)).toMatchObject({ success: true });
    expect(sampleOf(schema, HINTS, optional)).toEqual(sample);
  });
});

test("a list whose items must differ has differing items", () => {
  const schema = { type: "array", uniqueItems: true, minItems: 3, items: { type: "string" } };
  const sample = sampleOf(schema, HINTS, "all");
  expect(new Set(Array.isArray(sample) ? sample : []).size).toBe(3);
});

test("Gemini's upper-case types and flags are understood", () => {
  const schema = {
    type: "OBJECT",
    properties: { ok: { type: "BOOLEAN" }, tags: { type: "ARRAY", items: { type: "STRING" } } },
    required: ["ok", "tags"],
  };
  expect(sampleOf(schema, HINTS, "all")).toEqual({ ok: true, tags: [expect.any(String), expect.any(String)] });
});

test("what the request says fills the properties that ask for it", () => {
  const properties = {
    city: { type: "string" },
    guests: { type: "integer" },
    date: { type: "string" },
    order_id: { type: "string" },
    unit: { enum: ["celsius", "fahrenheit"] },
  };
  expect(sampleOf({ type: "object", properties, required: Object.keys(properties) }, HINTS, "required")).toEqual({
    city: "Paris",
    guests: 4,
    date: "2026-03-01",
    order_id: "A-1042",
    unit: "fahrenheit",
  });
});

test("an optional property is left out of a call unless the request names one of its values", () => {
  const schema = {
    type: "object",
    properties: { city: { type: "string" }, unit: { enum: ["celsius", "fahrenheit"] }, days: { type: "integer" } },
    required: ["city"],
  };
  expect(sampleOf(schema, HINTS, "required")).toEqual({ city: "Paris", unit: "fahrenheit" });
  expect(sampleOf(schema, readHints("weather in Rome"), "required")).toEqual({ city: "Rome" });
});

test("names go to the properties in the order in which they are said", () => {
  const schema = { type: "object", properties: { origin: { type: "string" }, destination: { type: "string" } } };
  expect(sampleOf(schema, readHints("fly from Oslo to Rome"), "all")).toEqual({ origin: "Oslo", destination: "Rome" });
});

test("a recursion that may end in null ends soon", () => {
  const list = { type: ["object", "null"], properties: { next: { $ref: "#" } }, required: ["next"] };
  expect(JSON.stringify(sampleOf(list, HINTS, "all")).match(/next/g)?.length).toBeLessThan(6);
});

test("a schema without an end is cut off instead of followed for ever", () => {
  const endless = {
    $defs: { a: { type: "object", properties: { a: { $ref: "#/$defs/a" } }, required: ["a"] } },
    $ref: "#/$defs/a",
  };
  expect(JSON.stringify(sampleOf(endless, HINTS, "all")).length).toBeLessThan(1000);
  expect(sampleOf({ $ref: "#" }, HINTS, "all")).toEqual(expect.anything());
});
