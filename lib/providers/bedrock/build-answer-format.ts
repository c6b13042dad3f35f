import type { ChatRequest } from "@/lib/schemas/chat-request";
import { type JsonRecord, textOf } from "../json";
import { constrainedSchemaOf, JSON_ANSWER_TOOL, jsonInstructionOf } from "../json-answer";
import type { AdapterTarget } from "../types";
import type { ModelVendor } from "./model-vendor";

type AnswerFormat = {
  /** Constrained decoding, where the model has it. */
  outputConfig: JsonRecord | undefined;
  /** The one tool that the model is forced to answer with. */
  toolConfig: JsonRecord | undefined;
  /** What is asked for in words. */
  system: readonly JsonRecord[];
};

const PLAIN: AnswerFormat = { outputConfig: undefined, toolConfig: undefined, system: [] };

/** What keeps the model from being forced to call the answering tool. */
type Obstacles = { hasTools: boolean; mayThink: boolean; isPrefill: boolean };

/**
 * How the answer is made to fit `response_format`: by constrained decoding, by a forced tool, or by asking for it.
 * @param dropped collects `response_format` when it cannot be said at all
 */
export function buildAnswerFormat(
  { response_format: format }: ChatRequest,
  target: AdapterTarget,
  vendor: ModelVendor,
  { hasTools, mayThink, isPrefill }: Obstacles,
  dropped: Set<string>,
): AnswerFormat {
  if (format == null || format.type === "text") return PLAIN;
  if (format.type === "json_schema" && !isPrefill) {
    const { name, description, schema } = format.json_schema;
    const about = textOf(description);
    if (target.supportedParameters.has("structured_outputs")) {
      const jsonSchema = {
        schema: JSON.stringify(constrainedSchemaOf(schema ?? { type: "object" })),
        name,
        ...(about === undefined ? {} : { description: about }),
      };
      return { ...PLAIN, outputConfig: { textFormat: { type: "json_schema", structure: { jsonSchema } } } };
    }
    const isObject = schema == null || schema.type === undefined || schema.type === "object";
    // Only some vendors' models can be forced. Source: API reference, ToolChoice, as known in 2026-11.
    const canForce = vendor === "anthropic" || vendor === "amazon" || vendor === "mistral";
    if (canForce && isObject && !hasTools && !mayThink) {
      const toolSpec = {
        name: JSON_ANSWER_TOOL,
        description: about ?? `Give the answer "${name}".`,
        inputSchema: { json: { ...schema, type: "object" } },
      };
      return { ...PLAIN, toolConfig: { tools: [{ toolSpec }], toolChoice: { tool: { name: JSON_ANSWER_TOOL } } } };
    }
  }
  const instruction = jsonInstructionOf(format);
  if (instruction === undefined) {
    dropped.add("response_format");
    return PLAIN;
  }
  return { ...PLAIN, system: [{ text: instruction }] };
}
