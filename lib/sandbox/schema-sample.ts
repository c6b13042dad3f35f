import { isRecord } from "@/lib/sandbox/json-value";
import { samplePattern } from "@/lib/sandbox/pattern-sample";
import { condense, type Hints } from "@/lib/sandbox/read-hints";
import { createStringSampler } from "@/lib/sandbox/string-sample";

type Schema = Readonly<Record<string, unknown>>;

/** Below this an optional property is left out and the shortest variant is taken, so that recursion ends. */
const PLAIN_DEPTH = 4;
const MAX_DEPTH = 24;

/**
 * A value that fits `schema` (JSON Schema, or Gemini's upper-case dialect), filled from what the request says where a
 * property's name or type allows. Equal arguments give equal values. Not looked at: `not`, `if`/`then`/`else`,
 * `contains`, `patternProperties`, `propertyNames`, remote `$ref`.
 * @param optional - whether properties that are not required are filled in as well
 */
export function sampleOf(schema: unknown, hints: Hints, optional: "all" | "required"): unknown {
  const strings = createStringSampler(hints);
  let numbersUsed = 0;
  const nextNumber = () => hints.numbers[numbersUsed++];

  /** What the request speaks of, else one after another, so that the items of a list differ. */
  const picksByEnum = new Map<unknown, number>();
  const chosenOf = (members: readonly unknown[]) => {
    const named = mentioned(members, hints.text);
    if (named !== undefined) return named;
    const picks = picksByEnum.get(members) ?? 0;
    picksByEnum.set(members, picks + 1);
    const possible = members.filter((member) => member !== null);
    return possible.length === 0 ? null : possible[picks % possible.length];
  };

  const walk = (raw: unknown, name: string, depth: number): unknown => {
    if (raw === false || depth > MAX_DEPTH) return null;
    if (!isRecord(raw)) return strings.next(name, {});
    const merged = flatten(raw, schema, depth);
    if ("const" in merged) return merged.const;
    if (Array.isArray(merged.enum) && merged.enum.length > 0) return chosenOf(merged.enum);
    switch (typeOf(merged, depth)) {
      case "object":
        return objectOf(merged, depth);
      case "array":
        return arrayOf(merged, name, depth);
      case "integer":
        return numberWithin(merged, nextNumber(), true);
      case "number":
        return numberWithin(merged, nextNumber(), false);
      case "boolean":
        return true;
      case "null":
        return null;
      case "string":
        if (typeof merged.pattern === "string") return fitLength(samplePattern(merged.pattern), merged, false);
        return fitLength(strings.next(name, merged), merged, merged.format === undefined);
    }
  };

  const objectOf = (merged: Schema, depth: number): Record<string, unknown> => {
    const properties = isRecord(merged.properties) ? merged.properties : {};
    const required = stringsIn(merged.required);
    const wantsAll = depth < PLAIN_DEPTH && (optional === "all" || required.length === 0);
    const wanted = Object.keys(properties).filter((name) => wantsAll || isMentioned(properties[name], hints.text));
    const names = [...new Set([...required, ...wanted])];
    const value: Record<string, unknown> = {};
    for (const name of names) {
      const property = properties[name];
      value[name] = walk(
        property ?? (isRecord(merged.additionalProperties) ? merged.additionalProperties : {}),
        name,
        depth + 1,
      );
    }
    const least = numberIn(merged.minProperties) ?? (isMap(merged) && depth < PLAIN_DEPTH ? 2 : 0);
    for (let index = 0; Object.keys(value).length < least && index < 100; index += 1) {
      const name = hints.topics[index] ?? `key${index + 1}`;
      if (!(name in value)) value[name] = walk(merged.additionalProperties ?? {}, name, depth + 1);
    }
    return value;
  };

  const arrayOf = (merged: Schema, name: string, depth: number): unknown[] => {
    const prefix = Array.isArray(merged.prefixItems)
      ? merged.prefixItems
      : Array.isArray(merged.items)
        ? merged.items
        : [];
    const values = prefix.map((item) => walk(item, name, depth + 1));
    const items = Array.isArray(merged.items) ? merged.additionalItems : merged.items;
    const shape = isRecord(items) ? flatten(items, schema, depth + 1) : {};
    const least = numberIn(merged.minItems) ?? 0;
    const most = numberIn(merged.maxItems) ?? Number.POSITIVE_INFINITY;
    const wanted = Math.min(most, Math.max(least, depth >= PLAIN_DEPTH || items === false ? 0 : 2));
    for (let tries = 0; values.length < wanted && tries < wanted * 4 + 8; tries += 1) {
      // One variant for all items: what makes them differ has to fit the schema they were made from.
      const value = varied(walk(shape, singular(name), depth + 1), shape, tries);
      const isRepeat = values.some((other) => JSON.stringify(other) === JSON.stringify(value));
      if (merged.uniqueItems !== true || !isRepeat) values.push(value);
    }
    return values.length > most ? values.slice(0, most) : values;
  };

  return walk(schema, "value", 0);
}

/** Follows `$ref`, merges `allOf` and picks a variant of `anyOf`/`oneOf`, until none of them is left at this level. */
function flatten(schema: Schema, root: unknown, depth: number): Schema {
  let current: Schema = schema;
  for (let rounds = 0; rounds < 20; rounds += 1) {
    const { $ref, allOf, anyOf, oneOf, ...rest } = current;
    if (typeof $ref === "string") current = merge(rest, resolve($ref, root));
    else if (Array.isArray(allOf)) {
      const base: Schema = {
        ...rest,
        ...(anyOf === undefined ? {} : { anyOf }),
        ...(oneOf === undefined ? {} : { oneOf }),
      };
      current = allOf.reduce<Schema>((all, part) => merge(all, isRecord(part) ? flatten(part, root, depth) : {}), base);
    } else if (Array.isArray(anyOf))
      current = merge({ ...rest, ...(oneOf === undefined ? {} : { oneOf }) }, variantOf(anyOf, depth));
    else if (Array.isArray(oneOf)) current = merge(rest, variantOf(oneOf, depth));
    else return current;
  }
  return current;
}

/** The first variant that is not null; deep down the plainest one, which is what ends a recursive list. */
function variantOf(variants: readonly unknown[], depth: number): Schema {
  const records = variants.filter(isRecord);
  const isNull = (variant: Schema) => variant.type === "null" || variant.const === null;
  const isPlain = (variant: Schema) => typeof variant.type === "string" && !/^(?:object|array)$/i.test(variant.type);
  const plainest = depth >= PLAIN_DEPTH ? (records.find(isNull) ?? records.find(isPlain)) : undefined;
  return plainest ?? records.find((variant) => !isNull(variant)) ?? records[0] ?? {};
}

function resolve(ref: string, root: unknown): Schema {
  let target: unknown = root;
  for (const step of ref.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    target = isRecord(target) ? target[key] : Array.isArray(target) ? target[Number(key)] : undefined;
  }
  return isRecord(target) ? target : {};
}

function merge(left: Schema, right: Schema): Schema {
  const merged: Record<string, unknown> = { ...left, ...right };
  if (isRecord(left.properties) && isRecord(right.properties)) {
    const [one, other] = [left.properties, right.properties];
    const shared = Object.keys(one).filter((name) => name in other);
    const both = Object.fromEntries(shared.map((name) => [name, { allOf: [one[name], other[name]] }]));
    merged.properties = { ...one, ...other, ...both };
  }
  if (Array.isArray(left.required) && Array.isArray(right.required)) {
    merged.required = [...new Set([...left.required, ...right.required])];
  }
  for (const key of ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"]) {
    const [one, other] = [numberIn(left[key]), numberIn(right[key])];
    if (one !== undefined && other !== undefined) merged[key] = Math.max(one, other);
  }
  for (const key of ["maximum", "exclusiveMaximum", "maxLength", "maxItems"]) {
    const [one, other] = [numberIn(left[key]), numberIn(right[key])];
    if (one !== undefined && other !== undefined) merged[key] = Math.min(one, other);
  }
  return merged;
}

const TYPES = ["object", "array", "string", "integer", "number", "boolean", "null"] as const;

function typeOf(schema: Schema, depth: number): (typeof TYPES)[number] {
  const named = (Array.isArray(schema.type) ? schema.type : [schema.type])
    .filter((type) => typeof type === "string")
    .map((type) => type.toLowerCase());
  const known = TYPES.filter((type) => named.includes(type));
  if (depth >= PLAIN_DEPTH && known.includes("null")) return "null";
  const stated = TYPES.find((type) => type === named.find((name) => name !== "null")) ?? known[0];
  if (stated !== undefined) return stated;
  if ("properties" in schema || "additionalProperties" in schema || "required" in schema) return "object";
  if ("items" in schema || "prefixItems" in schema || "minItems" in schema) return "array";
  const isNumeric = ["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"].some(
    (key) => key in schema,
  );
  return isNumeric ? "number" : "string";
}

/** Whether a schema describes a dictionary: no named properties, but a shape for whatever the names are. */
function isMap(schema: Schema): boolean {
  return !isRecord(schema.properties) && isRecord(schema.additionalProperties);
}

/** The member of an enumeration that the request speaks of. */
function mentioned(members: readonly unknown[], text: string): unknown {
  const lower = text.toLowerCase();
  return members.find((member) => typeof member === "string" && member !== "" && lower.includes(member.toLowerCase()));
}

function isMentioned(property: unknown, text: string): boolean {
  return isRecord(property) && Array.isArray(property.enum) && mentioned(property.enum, text) !== undefined;
}

function numberWithin(schema: Schema, wanted: number | undefined, isInteger: boolean): number {
  const step = numberIn(schema.multipleOf) ?? (isInteger ? 1 : undefined);
  const grain = step ?? 0.5;
  // In OpenAPI 3.0, and so in Gemini's dialect, an exclusive bound is a flag beside the bound.
  const low = exclusive(schema.exclusiveMinimum, schema.minimum, grain) ?? numberIn(schema.minimum);
  const high = exclusive(schema.exclusiveMaximum, schema.maximum, -grain) ?? numberIn(schema.maximum);
  const least = low ?? Number.NEGATIVE_INFINITY;
  const most = high ?? Number.POSITIVE_INFINITY;
  const fallback =
    low !== undefined && high !== undefined ? (low + high) / 2 : (low ?? (high !== undefined && high < 1 ? high : 1));
  const isFit =
    wanted !== undefined && wanted >= least && wanted <= most && (step === undefined || wanted % step === 0);
  const chosen = isFit && wanted !== undefined ? wanted : fallback;
  if (step === undefined) return chosen;
  const rounded = Math.round(chosen / step) * step;
  if (rounded < least) return Math.ceil(least / step) * step;
  return rounded > most ? Math.floor(most / step) * step : rounded;
}

function exclusive(bound: unknown, sibling: unknown, grain: number): number | undefined {
  const edge = bound === true ? numberIn(sibling) : numberIn(bound);
  return edge === undefined ? undefined : edge + grain;
}

function fitLength(text: string, schema: Schema, mayPad: boolean): string {
  const least = numberIn(schema.minLength) ?? 0;
  const most = numberIn(schema.maxLength);
  const padded = mayPad && text.length < least ? text.padEnd(Math.min(least, 10_000), " and so on") : text;
  return most !== undefined && padded.length > most ? condense(padded, Math.max(most, 1)).slice(0, most) : padded;
}

/** Makes the items of a list of free strings or numbers differ, as far as their schema leaves room. */
function varied(value: unknown, schema: Schema, index: number): unknown {
  if (index === 0 || "const" in schema) return value;
  if (Array.isArray(schema.enum)) return schema.enum[index % schema.enum.length];
  if (typeof value === "number") {
    const next = value + index * (numberIn(schema.multipleOf) ?? 1);
    return numberWithin(schema, next, Number.isInteger(value)) === next ? next : value;
  }
  const isFree = typeof value === "string" && schema.pattern === undefined && schema.format === undefined;
  return isFree && schema.maxLength === undefined ? `${value} ${index + 1}` : value;
}

function singular(name: string): string {
  return name.length > 3 && name.endsWith("s") ? name.slice(0, -1) : name;
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function numberIn(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
