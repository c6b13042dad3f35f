import type { ChatRequest } from "@/lib/schemas/chat-request";
import { pluginEntriesOf } from "./apply-plugin-defaults";

type Tool = NonNullable<ChatRequest["tools"]>[number];
type Fields = Readonly<Record<string, unknown>>;

/** OpenAI's names for its search, with their dates, Anthropic's, and OpenRouter's. */
const SEARCH_TOOL = /^(?:openrouter:)?web_search(?:_preview)?(?:_\d{8}|_\d{4}_\d{2}_\d{2})?$/;

/**
 * Searching the web as the plugin that does it, where a client asks for it as a tool that a provider runs. What the
 * request says to the plugin itself wins. Any other request comes back as it is.
 */
export function liftSearchTools(request: ChatRequest): ChatRequest {
  const { tools, tool_choice: choice } = request;
  if (tools == null || !tools.some(isSearchTool)) return request;
  const own = tools.filter((tool) => !isSearchTool(tool));
  const search: Fields = tools.find(isSearchTool) ?? {};
  const { tools: _, tool_choice: __, ...rest } = request;
  // A choice of a tool that was never there stays, and is refused.
  const isLeft = choice != null && !namesSearch(choice) && (own.length > 0 || typeof choice !== "string");
  const lifted = { ...rest, ...(own.length === 0 ? {} : { tools: own }), ...(isLeft ? { tool_choice: choice } : {}) };
  const entries = pluginEntriesOf(request);
  if (choice === "none" || entries.some(({ id }) => id === "web")) return lifted;
  return {
    ...lifted,
    plugins: [...entries, { ...configOf(search), id: "web" }],
    ...locationOf(search, request),
  };
}

function isSearchTool({ type }: Tool): boolean {
  return type !== "function" && SEARCH_TOOL.test(type);
}

/** A tool that is gone cannot be forced. */
function namesSearch(choice: NonNullable<ChatRequest["tool_choice"]>): boolean {
  if (typeof choice === "string") return false;
  const named = "function" in choice ? recordOf(choice.function).name : choice.type;
  return typeof named === "string" && SEARCH_TOOL.test(named);
}

function configOf(tool: Fields): Fields {
  const fields = { ...tool, ...recordOf(tool.parameters) };
  const filters = recordOf(fields.filters);
  const include = fields.allowed_domains ?? filters.allowed_domains;
  const exclude =
    fields.excluded_domains ?? fields.blocked_domains ?? filters.excluded_domains ?? filters.blocked_domains;
  const said = {
    engine: fields.engine,
    max_results: fields.max_results,
    max_uses: fields.max_uses,
    search_context_size: fields.search_context_size,
    include_domains: include,
    exclude_domains: exclude,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value != null));
}

function locationOf(tool: Fields, { web_search_options: given }: ChatRequest): Pick<ChatRequest, "web_search_options"> {
  const location = tool.user_location ?? recordOf(tool.parameters).user_location;
  if (typeof location !== "object" || location === null || given?.user_location != null) return {};
  return { web_search_options: { ...given, user_location: { ...location } } };
}

function recordOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
