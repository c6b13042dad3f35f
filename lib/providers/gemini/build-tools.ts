import type { ChatRequest, FunctionTool } from "@/lib/schemas/chat-request";
import { type JsonRecord, textOf } from "../json";
import { functionToolsOf, otherToolsOf, toolModeOf } from "../tools";

/** Tools that Google runs itself, by the type a caller names them with. */
const OWN_TOOLS: Readonly<Record<string, string>> = {
  google_search: "googleSearch",
  code_execution: "codeExecution",
  url_context: "urlContext",
  google_maps: "googleMaps",
};

/**
 * `tools` and `toolConfig`.
 * @param dropped collects `tools` when one of them belongs to somebody else
 */
export function buildTools(request: ChatRequest, dropped: Set<string>): JsonRecord {
  const functions = functionToolsOf(request);
  const tools: JsonRecord[] = [];
  if (functions.length > 0) tools.push({ functionDeclarations: functions.map(declaration) });
  for (const { type } of otherToolsOf(request)) {
    const own = OWN_TOOLS[type];
    if (own === undefined) dropped.add("tools");
    else tools.push({ [own]: {} });
  }
  if (tools.length === 0) return {};

  if (functions.length > 0 && request.parallel_tool_calls === false) dropped.add("parallel_tool_calls");
  const config = functions.length === 0 ? undefined : callingConfig(request);
  return config === undefined ? { tools } : { tools, toolConfig: { functionCallingConfig: config } };
}

function declaration({ function: { name, description, parameters } }: FunctionTool): JsonRecord {
  const about = textOf(description);
  return {
    name,
    ...(about === undefined ? {} : { description: about }),
    // JSON schema as it is, where the older `parameters` would need it rewritten into Google's own dialect.
    // Source: cloud.google.com/vertex-ai/docs/reference/rest/v1beta1/FunctionDeclaration, read 2026-11-21.
    ...(parameters == null ? {} : { parametersJsonSchema: jsonSchema(parameters) }),
  };
}

/** The schema without the mark of its dialect, which the API takes for an unknown keyword. */
export function jsonSchema({ $schema: _, ...schema }: JsonRecord): JsonRecord {
  return schema;
}

function callingConfig(request: ChatRequest): JsonRecord | undefined {
  const mode = toolModeOf(request);
  switch (mode?.kind) {
    case undefined:
      return undefined;
    case "auto":
      return { mode: "AUTO" };
    case "none":
      return { mode: "NONE" };
    case "required":
      return { mode: "ANY" };
    case "function":
      return { mode: "ANY", allowedFunctionNames: [mode.name] };
  }
}
