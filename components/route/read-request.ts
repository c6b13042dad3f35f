import { asChatBody } from "@/lib/schemas/as-chat-body";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { requestProblems } from "@/lib/schemas/request-problems";
import { type JsonMap, mapJson } from "./json-map";
import type { RequestBody } from "./request-form";

/** Something that is wrong with a request, and the line of its text on which it is. */
export type Problem = { line: number; field: string | undefined; message: string };

export type ReadRequest =
  /** Not even a JSON object: the form cannot show it. */
  | { kind: "broken"; problems: readonly [Problem] }
  /** The API would refuse it. */
  | { kind: "wrong"; body: RequestBody; problems: readonly Problem[] }
  | { kind: "good"; body: RequestBody; problems: readonly []; lineOf: (field: string) => number };

/** Reads the text of a request as the API does, with everything that it would find wrong, line by line. */
export function readRequest(text: string): ReadRequest {
  const map = mapJson(text);
  if (map.kind === "broken") {
    const { line, column, problem } = map;
    return { kind: "broken", problems: [{ line, field: undefined, message: `column ${column}: ${problem}` }] };
  }
  const { value: body } = map;
  if (!isBody(body)) {
    return { kind: "broken", problems: [{ line: 1, field: undefined, message: "the request must be a JSON object" }] };
  }
  const asChat = asChatBody(body);
  const parsed = chatRequestSchema.safeParse(asChat);
  if (parsed.success) return { kind: "good", body, problems: [], lineOf: map.lineOf };
  return { kind: "wrong", body, problems: problemsOf(parsed.error, asChat, map) };
}

function problemsOf(
  error: Parameters<typeof requestProblems>[0],
  body: unknown,
  { lineOf }: Extract<JsonMap, { kind: "ok" }>,
): Problem[] {
  return requestProblems(error, body)
    .map(({ field, problem, place }) => ({
      line: lineOf(place),
      field,
      message: field === "body" ? `the request ${problem}` : `${field} ${problem}`,
    }))
    .sort((a, b) => a.line - b.line);
}

function isBody(value: unknown): value is RequestBody {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
