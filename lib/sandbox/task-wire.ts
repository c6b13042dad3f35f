import { z } from "zod";
import { firstIssue } from "@/lib/sandbox/first-issue";
import { geminiFailureOf, geminiRefusal } from "@/lib/sandbox/gemini-failures";
import { openAiFailureOf, openAiRefusal } from "@/lib/sandbox/openai-failures";
import { textLikeness, textVector } from "@/lib/sandbox/text-vector";
import { countTokens } from "@/lib/sandbox/tokens";
import { vectorLengthOf } from "@/lib/sandbox/vector-length";
import type { Call, Wire } from "@/lib/sandbox/wire";

const partSchema = z.looseObject({ text: z.string().optional(), type: z.string().optional() });
const inputSchema = z.union([
  z.string().min(1),
  z.array(z.number()).min(1),
  z.looseObject({ content: z.array(partSchema).min(1) }),
]);
type Input = z.infer<typeof inputSchema>;

const embeddingsSchema = z.looseObject({
  model: z.string(),
  input: z.union([z.string().min(1), z.array(z.number()).min(1), z.array(inputSchema).min(1).max(2_048)]),
  encoding_format: z.enum(["float", "base64"]).nullish(),
  dimensions: z.int().min(1).nullish(),
  output_dimension: z.int().min(1).nullish(),
});
const cohereSchema = z.looseObject({
  model: z.string(),
  texts: z.array(z.string()).optional(),
  inputs: z.array(z.looseObject({ content: z.array(partSchema).min(1) })).optional(),
  input_type: z.enum(["search_document", "search_query", "classification", "clustering", "image"]),
  output_dimension: z.int().min(1).nullish(),
});
const rerankSchema = z.looseObject({
  model: z.string(),
  query: z.string(),
  documents: z.array(z.union([z.string(), z.looseObject({ text: z.string().optional() })])).min(1),
  top_n: z.int().min(1).nullish(),
  top_k: z.int().min(1).nullish(),
});
const geminiSchema = z.looseObject({
  requests: z
    .array(
      z.looseObject({
        content: z.looseObject({ parts: z.array(partSchema).min(1) }),
        outputDimensionality: z.int().min(1).optional(),
      }),
    )
    .min(1)
    .max(100),
});

const bearerWire = {
  hasKey: ({ headers }: Call) => /^bearer\s+\S/i.test(headers.authorization ?? "") || Boolean(headers["api-key"]),
  headers: ({ requestId }: Call) => ({ "x-request-id": `req_${requestId}` }),
  failureOf: openAiFailureOf,
};

/** `POST /embeddings` as OpenAI and those who speak its protocol have it. */
export const embeddingsWire: Wire = {
  ...bearerWire,
  read(body, call) {
    const {
      model,
      input,
      encoding_format: format,
      dimensions,
      output_dimension: outputDimension,
    } = parsed(embeddingsSchema, body);
    const length = lengthOf(model, dimensions ?? outputDimension ?? undefined);
    const inputs = inputsOf(input);
    const tokens = inputs.reduce((sum, one) => sum + tokensOf(one), 0);
    return {
      taskAnswer: {
        object: "list",
        model,
        id: `embd-${call.requestId}`,
        data: inputs.map((one, index) => {
          const vector = textVector(textOf(one), length);
          return { object: "embedding", index, embedding: format === "base64" ? base64Of(vector) : vector };
        }),
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      },
    };
  },
};

/** Cohere's `POST /embed`. */
export const cohereEmbedWire: Wire = {
  ...bearerWire,
  read(body, call) {
    const { model, texts, inputs, output_dimension: dimensions } = parsed(cohereSchema, body);
    const all: Input[] = [...(texts ?? []), ...(inputs ?? [])];
    if (all.length === 0) throw openAiRefusal("at least one text or image must be provided", "texts", null);
    const length = lengthOf(model, dimensions ?? undefined);
    return {
      taskAnswer: {
        id: call.requestId,
        embeddings: { float: all.map((one) => textVector(textOf(one), length)) },
        texts: all.map(textOf),
        meta: {
          api_version: { version: "2" },
          billed_units: { input_tokens: all.reduce((sum, one) => sum + tokensOf(one), 0) },
        },
        response_type: "embeddings_by_type",
      },
    };
  },
};

const DOCUMENTS_PER_UNIT = 100;

/** `POST /rerank` as Cohere has it, and many others after it. */
export const rerankWire: Wire = {
  ...bearerWire,
  read(body, call) {
    const { model, query, documents, top_n, top_k } = parsed(rerankSchema, body);
    const texts = documents.map((document) => (typeof document === "string" ? document : (document.text ?? "")));
    const results = texts.map((text, index) => ({ index, relevance_score: relevanceOf(query, text) }));
    results.sort((a, b) => b.relevance_score - a.relevance_score);
    const tokens = texts.reduce((sum, text) => sum + countTokens(text), countTokens(query) * texts.length);
    // Who sells searches counts searches, who sells tokens counts tokens.
    const meta = /rerank-v(3|4)/.test(model)
      ? { meta: { billed_units: { search_units: Math.ceil(texts.length / DOCUMENTS_PER_UNIT) } } }
      : { usage: { total_tokens: tokens } };
    return {
      taskAnswer: { id: call.requestId, model, results: results.slice(0, top_n ?? top_k ?? undefined), ...meta },
    };
  },
};

/** Gemini's `batchEmbedContents`. */
export const geminiEmbedWire: Wire = {
  hasKey: ({ headers, query }) =>
    Boolean(headers["x-goog-api-key"]) || query.has("key") || /^bearer\s+\S/i.test(headers.authorization ?? ""),
  headers: () => ({}),
  failureOf: geminiFailureOf,
  read(body, call) {
    const result = geminiSchema.safeParse(body);
    if (!result.success) throw geminiRefusal(firstIssue(result.error).issue.message, call);
    const embeddings = result.data.requests.map(({ content, outputDimensionality }) => ({
      values: textVector(partsText(content.parts), outputDimensionality ?? vectorLengthOf(call.model ?? "")),
    }));
    return { taskAnswer: { embeddings } };
  },
};

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const { issue, path } = firstIssue(result.error);
  const param = path.join(".");
  throw openAiRefusal(`Invalid '${param}': ${issue.message}`, param, null);
}

function lengthOf(model: string, wanted: number | undefined): number {
  const longest = vectorLengthOf(model);
  if (wanted === undefined || wanted <= longest) return wanted ?? longest;
  throw openAiRefusal(`Invalid value for 'dimensions' = ${wanted}. Must be at most ${longest}.`, "dimensions", null);
}

function inputsOf(input: z.infer<typeof embeddingsSchema>["input"]): Input[] {
  if (typeof input === "string") return [input];
  const numbers = input.filter((entry) => typeof entry === "number");
  return numbers.length > 0 ? [numbers] : input.filter((entry) => typeof entry !== "number");
}

function textOf(input: Input): string {
  if (typeof input === "string") return input;
  return Array.isArray(input) ? input.join(" ") : partsText(input.content);
}

/** What is no text stands for itself: equal pictures are alike. */
function partsText(parts: readonly z.infer<typeof partSchema>[]): string {
  return parts.map((part) => part.text ?? JSON.stringify(part)).join("\n");
}

function tokensOf(input: Input): number {
  return Array.isArray(input) ? input.length : countTokens(textOf(input));
}

/** Likeness as a score: clear in the middle, never quite 0 or 1. */
function relevanceOf(query: string, text: string): number {
  const score = 1 / (1 + Math.exp(-9 * (textLikeness(query, text) - 0.3)));
  return Number(score.toFixed(8));
}

function base64Of(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString("base64");
}
