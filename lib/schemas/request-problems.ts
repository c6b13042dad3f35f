import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** What is wrong with one field of a request. */
export type RequestProblem = {
  /** As a path (`messages[0].content[1].type`). */
  field: string;
  /** What would be right there; it goes on from the field's name. */
  problem: string;
  /** The place to look at: the field, or what in it is not known. */
  place: string;
};

/** All that a schema found wrong with `input`, each with the field and what would be right there. */
export function requestProblems(error: z.ZodError, input: unknown): RequestProblem[] {
  return error.issues.map((wrong) => {
    const { path, issue } = deepest(wrong, []);
    const unknownKey = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
    return {
      field: fieldOf(path),
      problem: problemOf(issue, valueAt(input, path)),
      place: fieldOf([...path, ...unknownKey]),
    };
  });
}

/**
 * A value that fits no member of a union fails in each of them. The member that got furthest is the one that was meant,
 * and its complaint is the helpful one.
 */
function deepest(issue: Issue, before: readonly PropertyKey[]): { path: readonly PropertyKey[]; issue: Issue } {
  const path = [...before, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return { path, issue };
  let best: { path: readonly PropertyKey[]; issue: Issue } = { path, issue };
  for (const [inner] of issue.errors) {
    if (inner === undefined) continue;
    const found = deepest(inner, path);
    if (found.path.length > best.path.length) best = found;
  }
  return best;
}

function fieldOf(path: readonly PropertyKey[]): string {
  const text = path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
  return text === "" ? "body" : text;
}

/** zod's own words start so; anything else is a message that the schema gives. */
const DEFAULT_MESSAGE = /^(Invalid|Too small|Too big|Unrecognized)/;

function problemOf(issue: Issue, value: unknown): string {
  if (!DEFAULT_MESSAGE.test(issue.message)) return value === undefined ? "is required" : issue.message;
  switch (issue.code) {
    case "invalid_type":
      return value === undefined ? "is required" : `must be ${article(issue.expected)}`;
    case "unrecognized_keys":
      return `has unknown ${issue.keys.length === 1 ? "field" : "fields"} ${issue.keys.map((key) => `"${key}"`).join(", ")}`;
    case "invalid_value":
      return `must be ${issue.values.map((allowed) => JSON.stringify(allowed)).join(" or ")}`;
    case "too_small":
      return issue.message.startsWith("Too small")
        ? sizeProblem("at least", issue.minimum, issue.origin)
        : issue.message;
    case "too_big":
      return sizeProblem("at most", issue.maximum, issue.origin);
    case "invalid_union":
      return unionProblem(issue, value);
    default:
      return issue.message;
  }
}

function unionProblem(issue: Issue, value: unknown): string {
  if (value === undefined) return "is required";
  const options = "options" in issue && Array.isArray(issue.options) ? issue.options : [];
  return options.length === 0
    ? "is invalid"
    : `must be one of ${options.map((option) => JSON.stringify(option)).join(", ")}`;
}

function sizeProblem(bound: string, limit: number | bigint, origin: string): string {
  if (origin === "string") return `must have ${bound} ${limit} characters`;
  if (origin === "array" || origin === "set") return `must have ${bound} ${limit} entries`;
  return `must be ${bound} ${limit}`;
}

function article(expected: string): string {
  if (expected === "int") return "a whole number";
  if (expected === "record" || expected === "object") return "an object";
  return `${/^[aeiou]/.test(expected) ? "an" : "a"} ${expected}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null) return undefined;
    current = Reflect.get(current, step);
  }
  return current;
}
