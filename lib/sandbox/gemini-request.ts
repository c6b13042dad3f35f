import { z } from "zod";
import { firstIssue, type LocatedIssue } from "@/lib/sandbox/first-issue";
import { geminiRefusal } from "@/lib/sandbox/gemini-failures";
import { unknownSchemaFields } from "@/lib/sandbox/gemini-schema-rules";
import { valueAt } from "@/lib/sandbox/json-value";
import { isSealed } from "@/lib/sandbox/signatures";
import type { Call } from "@/lib/sandbox/wire";

const partSchema = z.strictObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  inlineData: z.looseObject({ mimeType: z.string(), data: z.string(), displayName: z.string().optional() }).optional(),
  fileData: z.looseObject({ mimeType: z.string().optional(), fileUri: z.string() }).optional(),
  functionCall: z.looseObject({ id: z.string().optional(), name: z.string(), args: z.unknown().optional() }).optional(),
  functionResponse: z
    .looseObject({ id: z.string().optional(), name: z.string(), response: z.looseObject({}) })
    .optional(),
  executableCode: z.unknown().optional(),
  codeExecutionResult: z.unknown().optional(),
  videoMetadata: z.unknown().optional(),
  mediaResolution: z.unknown().optional(),
  partMetadata: z.unknown().optional(),
});
const contentSchema = z.strictObject({ role: z.string().optional(), parts: z.array(partSchema).optional() });
const declarationSchema = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  parameters: z.unknown().optional(),
  parametersJsonSchema: z.unknown().optional(),
  response: z.unknown().optional(),
  responseJsonSchema: z.unknown().optional(),
  behavior: z.unknown().optional(),
});
const generationConfigSchema = z.strictObject({
  stopSequences: z.array(z.string()).optional(),
  responseMimeType: z.string().optional(),
  responseSchema: z.unknown().optional(),
  responseJsonSchema: z.unknown().optional(),
  responseModalities: z.array(z.string()).optional(),
  candidateCount: z.int().optional(),
  maxOutputTokens: z.int().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().optional(),
  topK: z.number().optional(),
  seed: z.int().optional(),
  presencePenalty: z.number().optional(),
  frequencyPenalty: z.number().optional(),
  responseLogprobs: z.boolean().optional(),
  logprobs: z.int().min(0).max(20).optional(),
  thinkingConfig: z
    .looseObject({
      includeThoughts: z.boolean().optional(),
      thinkingBudget: z.int().optional(),
      thinkingLevel: z.string().optional(),
    })
    .optional(),
  imageConfig: z.looseObject({ aspectRatio: z.string().optional() }).optional(),
  speechConfig: z.unknown().optional(),
  mediaResolution: z.unknown().optional(),
  enableEnhancedCivicAnswers: z.unknown().optional(),
  audioTimestamp: z.unknown().optional(),
});
// GenerateContentRequest of the Gemini API and of Vertex AI; a name outside of it is an error.
// Source: docs.rs/google-cloud-aiplatform-v1 and hexdocs.pm/geminix, GenerateContentRequest, read 2026-11-21.
const requestSchema = z.strictObject({
  model: z.string().optional(),
  contents: z.array(contentSchema).optional(),
  systemInstruction: contentSchema.optional(),
  tools: z.array(z.looseObject({ functionDeclarations: z.array(declarationSchema).optional() })).optional(),
  toolConfig: z
    .looseObject({
      functionCallingConfig: z
        .looseObject({ mode: z.string().optional(), allowedFunctionNames: z.array(z.string()).optional() })
        .optional(),
    })
    .optional(),
  generationConfig: generationConfigSchema.optional(),
  safetySettings: z.unknown().optional(),
  cachedContent: z.unknown().optional(),
  labels: z.unknown().optional(),
  modelArmorConfig: z.unknown().optional(),
  serviceTier: z.unknown().optional(),
  store: z.unknown().optional(),
});
type ParsedRequest = z.infer<typeof requestSchema>;
export type GeminiPart = z.infer<typeof partSchema>;
export type GeminiContent = { role: "user" | "model"; parts: readonly GeminiPart[] };
export type GeminiRequest = ParsedRequest & { turns: readonly GeminiContent[] };

/** Accepted in place of a signature that was lost. Source: ai.google.dev/gemini-api/docs/thought-signatures, 2026-11. */
const SIGNATURE_STAND_INS: ReadonlySet<string> = new Set([
  "skip_thought_signature_validator",
  "context_engineering_is_the_way_to_go",
]);

/** @throws WireRefusal with Gemini's wording */
export function parseGeminiRequest(body: unknown, call: Call): GeminiRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    const unknown = parsed.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" ? issue.keys.map((name) => ({ name, at: protoPath(issue.path) })) : [],
    );
    throw unknown.length > 0 ? unknownNames(unknown, call) : refusalOf(firstIssue(parsed.error), body, call);
  }
  checkSchemas(parsed.data, call);
  const turns = turnsOf(parsed.data, call);
  checkFunctionTurns(turns, call);
  checkSignatures(turns, call);
  return { ...parsed.data, turns };
}

/** Whether the model is one that wants the signatures of its function calls back. */
export function signsCalls(model: string | null): boolean {
  return /gemini-(?:[3-9]|\d{2})(?!.*image)/.test(model ?? "");
}

function turnsOf(request: ParsedRequest, call: Call): GeminiContent[] {
  const contents = request.contents ?? [];
  if (contents.length === 0) {
    throw geminiRefusal("* GenerateContentRequest.contents: contents is not specified\n", call);
  }
  return contents.map(({ role = "user", parts = [] }, index) => {
    if (parts.length === 0) {
      throw geminiRefusal(
        `* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.\n`,
        call,
      );
    }
    // "function" is the name that the role of results once had; it still passes.
    if (role !== "user" && role !== "model" && role !== "function") {
      throw geminiRefusal("Please use a valid role: user, model.", call);
    }
    return { role: role === "model" ? "model" : "user", parts };
  });
}

function checkFunctionTurns(turns: readonly GeminiContent[], call: Call): void {
  turns.forEach((turn, index) => {
    const previous = turns[index - 1];
    const calls = callsIn(turn);
    if (turn.role === "model" && calls > 0 && previous?.role !== "user") {
      throw geminiRefusal(
        "Please ensure that function call turn comes immediately after a user turn or after a function response turn.",
        call,
      );
    }
    const responses = turn.parts.filter((part) => part.functionResponse !== undefined).length;
    if (responses > 0 && callsIn(previous) === 0) {
      throw geminiRefusal(
        "Please ensure that function response turn comes immediately after a function call turn.",
        call,
      );
    }
    const next = turns[index + 1];
    const answered = next?.parts.filter((part) => part.functionResponse !== undefined).length;
    if (calls > 0 && answered !== undefined && answered !== calls) {
      throw geminiRefusal(
        "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.",
        call,
      );
    }
  });
}

function callsIn(turn: GeminiContent | undefined): number {
  return (turn?.parts ?? []).filter((part) => part.functionCall !== undefined).length;
}

// Since Gemini 3 the first call of each step must bring its signature, from the last message that the user typed on.
// Sources: ai.google.dev/gemini-api/docs/thought-signatures; wording github.com/nearai/ironclaw/issues/1510 and
// github.com/google-gemini/gemini-cli/issues/13467, read 2026-11-21.
function checkSignatures(turns: readonly GeminiContent[], call: Call): void {
  for (const { thoughtSignature } of turns.flatMap((turn) => turn.parts)) {
    if (thoughtSignature === undefined || SIGNATURE_STAND_INS.has(thoughtSignature)) continue;
    if (!isSealed("google", thoughtSignature)) throw geminiRefusal("Corrupted thought signature.", call);
  }
  if (!signsCalls(call.model)) return;
  const typed = turns.findLastIndex(
    (turn) => turn.role === "user" && turn.parts.every((part) => part.functionResponse === undefined),
  );
  turns.forEach((turn, index) => {
    const first = turn.parts.find((part) => part.functionCall !== undefined);
    if (index <= typed || turn.role !== "model" || first === undefined || first.thoughtSignature !== undefined) return;
    throw geminiRefusal(
      `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call \`default_api:${first.functionCall?.name}\` , position ${index + 1}. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.`,
      call,
    );
  });
}

function checkSchemas(request: ParsedRequest, call: Call): void {
  const unknown = (request.tools ?? []).flatMap((tool, at) =>
    (tool.functionDeclarations ?? []).flatMap((declaration, index) =>
      unknownSchemaFields(declaration.parameters, `tools[${at}].function_declarations[${index}].parameters`),
    ),
  );
  unknown.push(...unknownSchemaFields(request.generationConfig?.responseSchema, "generation_config.response_schema"));
  if (unknown.length === 0) return;
  throw unknownNames(unknown, call);
}

function unknownNames(fields: readonly { name: string; at: string }[], call: Call) {
  const violations = fields.map(({ name, at }) => ({
    field: at,
    description: `Invalid JSON payload received. Unknown name "${name}"${at === "" ? "" : ` at '${at}'`}: Cannot find field.`,
  }));
  const detail = { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: violations };
  return geminiRefusal(violations.map((violation) => violation.description).join("\n"), call, [detail]);
}

function refusalOf({ issue, path }: LocatedIssue, body: unknown, call: Call) {
  const at = protoPath(path);
  if (issue.code === "too_small" || issue.code === "too_big") {
    return geminiRefusal(`* GenerateContentRequest.${at}: value is out of range.\n`, call);
  }
  return geminiRefusal(`Invalid value at '${at}', ${JSON.stringify(valueAt(body, path)) ?? "nothing"}`, call);
}

function protoPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${snakeCase(String(key))}`))
    .join("")
    .replace(/^\./, "");
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
