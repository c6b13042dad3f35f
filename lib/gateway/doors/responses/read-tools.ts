import { invalidField } from "@/lib/errors";
import type { ChatRequest, FunctionTool } from "@/lib/schemas/chat-request";
import type { CustomTool, ResponsesRequest, ResponsesTool, SearchTool } from "@/lib/schemas/responses-request";
import { customToolAsFunction } from "./custom-tools";

type ToolFields = Pick<ChatRequest, "tools" | "tool_choice" | "plugins" | "web_search_options">;

/**
 * The tools in our form: the caller's own as functions, searching the web as the plugin that does it.
 *
 * @throws AppError `invalid_request` for a choice among tools that are not there
 */
export function readTools({ tools: given, tool_choice: choice, plugins }: ResponsesRequest): ToolFields {
  const tools = given ?? [];
  const own = tools.filter(isOwn);
  const searches = tools.filter(isSearch);
  return {
    ...choiceFields(choice, given == null ? undefined : own.map(functionOf)),
    ...searchFields(searches, plugins),
  };
}

type OwnTool = Exclude<ResponsesTool, SearchTool>;

function isOwn(tool: ResponsesTool): tool is OwnTool {
  return tool.type === "function" || tool.type === "custom";
}

function isSearch(tool: ResponsesTool): tool is SearchTool {
  return !isOwn(tool);
}

/** The names of the tools whose input is plain text. */
export function customNamesOf({ tools }: ResponsesRequest): ReadonlySet<string> {
  return new Set((tools ?? []).filter((tool): tool is CustomTool => tool.type === "custom").map(({ name }) => name));
}

function functionOf(tool: OwnTool): FunctionTool {
  if (tool.type === "custom") return customToolAsFunction(tool);
  const { name, description, parameters, strict } = tool;
  return {
    type: "function",
    function: {
      name,
      ...(description == null ? {} : { description }),
      ...(parameters == null ? {} : { parameters }),
      ...(strict == null ? {} : { strict }),
    },
  };
}

function choiceFields(
  choice: ResponsesRequest["tool_choice"],
  tools: FunctionTool[] | undefined,
): Pick<ChatRequest, "tools" | "tool_choice"> {
  const offered = tools === undefined ? {} : { tools };
  if (choice == null) return offered;
  if (choice === "required" && (tools === undefined || tools.length === 0))
    throw invalidField("tool_choice", '"required" needs tools');
  if (typeof choice === "string") return { ...offered, tool_choice: choice };
  if (choice.type !== "allowed_tools") {
    requireTool(choice.name, "tool_choice.name", tools);
    return { ...offered, tool_choice: { type: "function", function: { name: choice.name } } };
  }
  for (const [index, { name }] of choice.tools.entries()) requireTool(name, `tool_choice.tools[${index}].name`, tools);
  const allowed = new Set(choice.tools.map(({ name }) => name));
  return { tools: (tools ?? []).filter((tool) => allowed.has(tool.function.name)), tool_choice: choice.mode };
}

function requireTool(name: string, field: string, tools: readonly FunctionTool[] | undefined): void {
  if (tools?.some((tool) => tool.function.name === name) !== true)
    throw invalidField(field, `no tool is named "${name}"`);
}

type Plugins = ChatRequest["plugins"];

function searchFields(
  searches: readonly SearchTool[],
  plugins: Plugins,
): Pick<ToolFields, "plugins" | "web_search_options"> {
  const [search] = searches;
  if (search === undefined) return { plugins };
  const { size, ...config } = configOf(search);
  const entries =
    plugins == null
      ? []
      : Array.isArray(plugins)
        ? plugins
        : Object.entries(plugins).map(([id, rest]) => ({ ...rest, id }));
  const isThere = entries.some(({ id }) => id === "web");
  return {
    plugins: isThere ? plugins : [...entries, { id: "web", ...config }],
    ...(size == null ? {} : { web_search_options: { search_context_size: size } }),
  };
}

function configOf(search: SearchTool) {
  const isOurs = search.type === "openrouter:web_search";
  const { engine, max_results, search_context_size: size } = (isOurs ? search.parameters : search) ?? {};
  const include = isOurs ? search.parameters?.allowed_domains : search.filters?.allowed_domains;
  const exclude = isOurs ? search.parameters?.excluded_domains : search.filters?.blocked_domains;
  return {
    size,
    ...(engine == null || engine === "auto" ? {} : { engine }),
    ...(max_results == null ? {} : { max_results }),
    ...(include == null ? {} : { include_domains: include }),
    ...(exclude == null ? {} : { exclude_domains: exclude }),
  };
}
