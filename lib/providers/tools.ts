import type { ChatRequest, FunctionTool } from "@/lib/schemas/chat-request";

type Tool = NonNullable<ChatRequest["tools"]>[number];

/** What the model may do with its tools; `name` forces the call of one function. */
type ToolMode = { kind: "auto" } | { kind: "none" } | { kind: "required" } | { kind: "function"; name: string };

/** Whether the caller runs the tool; all other kinds are run by a provider or a plugin. */
export function isFunctionTool(tool: Tool): tool is FunctionTool {
  return tool.type === "function";
}

/** The functions that the caller offers. */
export function functionToolsOf(request: ChatRequest): readonly FunctionTool[] {
  return (request.tools ?? []).filter(isFunctionTool);
}

/** Tools of other kinds, known by their type. */
export function otherToolsOf(request: ChatRequest): readonly Tool[] {
  return (request.tools ?? []).filter((tool) => !isFunctionTool(tool));
}

/** The caller's choice, or `undefined` when it makes none. A choice of a tool we do not know leaves it to the model. */
export function toolModeOf(request: ChatRequest): ToolMode | undefined {
  const choice = request.tool_choice;
  if (choice == null) return undefined;
  if (choice === "none" || choice === "auto" || choice === "required") return { kind: choice };
  const named: unknown = "function" in choice ? choice.function : undefined;
  const hasName = typeof named === "object" && named !== null && "name" in named && typeof named.name === "string";
  return hasName ? { kind: "function", name: String(named.name) } : { kind: "auto" };
}
