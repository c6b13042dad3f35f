import { invalidField } from "@/lib/errors";
import type { ChatRequest, FunctionTool } from "@/lib/schemas/chat-request";
import { type JsonRecord, textOf } from "../json";
import { JSON_ANSWER_TOOL } from "../json-answer";
import { isFunctionTool, toolModeOf } from "../tools";
import type { AdapterTarget } from "../types";
import { cachePointsOf } from "./build-blocks";
import type { ModelVendor } from "./model-vendor";

// Source: API reference, ToolSpecification, as known in 2026-11.
const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;

export type ToolFields = {
  /** `toolConfig`, absent when no tool is offered. */
  toolConfig: JsonRecord | undefined;
  /** `additionalModelRequestFields.tool_choice`, where the shared fields cannot say what is wanted. */
  toolChoice: JsonRecord | undefined;
  /** The model is forced to call. */
  isForced: boolean;
};

const NO_TOOLS: ToolFields = { toolConfig: undefined, toolChoice: undefined, isForced: false };

/**
 * The tools as the API takes them.
 * @param calledFunctions functions that the conversation calls: those must be offered as long as their calls are there
 * @param dropped collects what could not be said
 * @throws AppError `invalid_request` naming a function whose name cannot be sent
 */
export function buildTools(
  request: ChatRequest,
  target: AdapterTarget,
  vendor: ModelVendor,
  calledFunctions: readonly string[],
  dropped: Set<string>,
): ToolFields {
  const mode = toolModeOf(request);
  const offered = (request.tools ?? []).flatMap((tool, index): JsonRecord[] => {
    if (isFunctionTool(tool)) return functionTool(tool, target, `tools[${index}].function.name`);
    dropped.add("tools");
    return [];
  });
  if (offered.length === 0 || (mode?.kind === "none" && calledFunctions.length === 0)) {
    if (calledFunctions.length === 0) return NO_TOOLS;
    return { ...NO_TOOLS, toolConfig: { tools: calledFunctions.map(formerTool) } };
  }
  // "Not now" has no word here.
  if (mode?.kind === "none") dropped.add("tool_choice");
  const isForced = mode?.kind === "required" || mode?.kind === "function";

  if (request.parallel_tool_calls === false) {
    // One at a time can be said to Claude only, in its own words.
    if (vendor === "anthropic") {
      return {
        toolConfig: { tools: offered },
        toolChoice: { ...ownChoice(mode), disable_parallel_tool_use: true },
        isForced,
      };
    }
    dropped.add("parallel_tool_calls");
  }
  const choice = sharedChoice(mode);
  const toolConfig = choice === undefined ? { tools: offered } : { tools: offered, toolChoice: choice };
  return { toolConfig, toolChoice: undefined, isForced };
}

type ToolMode = ReturnType<typeof toolModeOf>;

function sharedChoice(mode: ToolMode): JsonRecord | undefined {
  switch (mode?.kind) {
    case undefined:
    case "none":
      return undefined;
    case "auto":
      return { auto: {} };
    case "required":
      return { any: {} };
    case "function":
      return { tool: { name: mode.name } };
  }
}

function ownChoice(mode: ToolMode): JsonRecord {
  switch (mode?.kind) {
    case undefined:
    case "none":
    case "auto":
      return { type: "auto" };
    case "required":
      return { type: "any" };
    case "function":
      return { type: "tool", name: mode.name };
  }
}

function functionTool(tool: FunctionTool, target: AdapterTarget, field: string): JsonRecord[] {
  const { name, parameters, strict } = tool.function;
  if (!TOOL_NAME.test(name)) throw invalidField(field, "may hold letters, digits, underscore and dash only here");
  if (name === JSON_ANSWER_TOOL) throw invalidField(field, "is reserved");
  const description = textOf(tool.function.description);
  const isStrict = strict === true && target.supportedParameters.has("structured_outputs");
  const toolSpec = {
    name,
    ...(description === undefined ? {} : { description }),
    inputSchema: { json: { type: "object", ...(parameters ?? { properties: {} }) } },
    ...(isStrict ? { strict: true } : {}),
  };
  return [{ toolSpec }, ...cachePointsOf(tool)];
}

function formerTool(name: string): JsonRecord {
  return { toolSpec: { name, inputSchema: { json: { type: "object", properties: {} } } } };
}
