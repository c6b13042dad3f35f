import { invalidField } from "@/lib/errors";
import type { ChatRequest, FunctionTool } from "@/lib/schemas/chat-request";
import { type JsonRecord, textOf } from "../json";
import { constrainedSchemaOf, JSON_ANSWER_TOOL } from "../json-answer";
import { isFunctionTool, toolModeOf } from "../tools";
import type { AdapterTarget } from "../types";
import { cacheMarkOf } from "./build-blocks";

// Source: platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools, as known in 2026-11.
const TOOL_NAME = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * The tools as the API takes them. Server tools of the API's own (`web_search_…`, `computer_…`) pass as they are.
 * @param dropped collects `tools` when one of them belongs to somebody else
 * @throws AppError `invalid_request` naming a function whose name cannot be sent
 */
export function buildTools(request: ChatRequest, target: AdapterTarget, dropped: Set<string>): readonly JsonRecord[] {
  return (request.tools ?? []).flatMap((tool, index): JsonRecord[] => {
    if (isFunctionTool(tool)) return [functionTool(tool, target, `tools[${index}].function.name`)];
    // The API's own tools carry their date in the type.
    if (/_\d{8}$/.test(tool.type)) return [{ ...tool }];
    dropped.add("tools");
    return [];
  });
}

function functionTool(tool: FunctionTool, target: AdapterTarget, field: string): JsonRecord {
  const { name, parameters, strict } = tool.function;
  if (!TOOL_NAME.test(name)) throw invalidField(field, "may hold letters, digits, underscore and dash only here");
  if (name === JSON_ANSWER_TOOL) throw invalidField(field, "is reserved");

  const schema = { type: "object", ...(parameters ?? { properties: {} }) };
  // Strict tools came with structured outputs; models before that refuse the field.
  const isStrict = strict === true && target.supportedParameters.has("structured_outputs");
  const description = textOf(tool.function.description);
  return {
    name,
    ...(description === undefined ? {} : { description }),
    input_schema: isStrict ? constrainedSchemaOf(schema) : schema,
    ...(isStrict ? { strict: true } : {}),
    ...cacheMarkOf(tool),
  };
}

/** Stand-ins for functions that the conversation calls and the request no longer offers: calls need their tools. */
export function buildFormerTools(names: readonly string[]): readonly JsonRecord[] {
  return names.map((name) => ({ name, input_schema: { type: "object", properties: {} } }));
}

/** `tool_choice`, or `undefined` where the API's own default says the same. */
export function buildToolChoice(request: ChatRequest): JsonRecord | undefined {
  const mode = toolModeOf(request);
  const single = request.parallel_tool_calls === false ? { disable_parallel_tool_use: true } : {};
  switch (mode?.kind) {
    case undefined:
      return request.parallel_tool_calls === false ? { type: "auto", ...single } : undefined;
    case "none":
      return { type: "none" };
    case "auto":
      return { type: "auto", ...single };
    case "required":
      return { type: "any", ...single };
    case "function":
      return { type: "tool", name: mode.name, ...single };
  }
}

/** The one tool that a model is forced to call when its answer must fit a schema. */
export function buildJsonAnswerTool(request: ChatRequest, target: AdapterTarget): JsonRecord | undefined {
  const format = request.response_format;
  if (format?.type !== "json_schema") return undefined;
  const schema = format.json_schema.schema ?? {};
  const isStrict = format.json_schema.strict === true && target.supportedParameters.has("structured_outputs");
  // A tool's input is always an object, so any other schema has to be asked for in words.
  if (schema.type !== undefined && schema.type !== "object") return undefined;
  const description = textOf(format.json_schema.description) ?? `Give the answer "${format.json_schema.name}".`;
  const input = { ...schema, type: "object" };
  return {
    name: JSON_ANSWER_TOOL,
    description,
    input_schema: isStrict ? constrainedSchemaOf(input) : input,
    ...(isStrict ? { strict: true } : {}),
  };
}
