import { expect, test } from "vitest";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { liftSearchTools } from "./lift-search-tools";

const HI = [{ role: "user" as const, content: "hi" }];
const OWN = { type: "function" as const, function: { name: "f" } };
const lift = (fields: Record<string, unknown>) => liftSearchTools(chatRequestSchema.parse({ messages: HI, ...fields }));

test.each([
  {
    name: "OpenRouter's, with parameters",
    tool: { type: "openrouter:web_search", parameters: { max_results: 3 } },
    config: { max_results: 3 },
  },
  { name: "OpenRouter's, flat", tool: { type: "openrouter:web_search", max_results: 3 }, config: { max_results: 3 } },
  {
    name: "OpenAI's",
    tool: { type: "web_search", filters: { allowed_domains: ["a.example"] } },
    config: { include_domains: ["a.example"] },
  },
  {
    name: "OpenAI's older",
    tool: { type: "web_search_preview_2025_03_11", search_context_size: "low" },
    config: { search_context_size: "low" },
  },
  {
    name: "Anthropic's",
    tool: { type: "web_search_20250305", name: "web_search", max_uses: 2, blocked_domains: ["a.example"] },
    config: { max_uses: 2, exclude_domains: ["a.example"] },
  },
])("$name becomes the plugin", ({ tool, config }) => {
  expect(lift({ tools: [OWN, tool], tool_choice: "auto" })).toEqual({
    messages: HI,
    tools: [OWN],
    tool_choice: "auto",
    plugins: [{ ...config, id: "web" }],
  });
  expect(lift({ tools: [tool], tool_choice: "required" })).toEqual({
    messages: HI,
    plugins: [{ ...config, id: "web" }],
  });
});

test("a search that is forced is not forced again, and one that is forbidden is none", () => {
  const tools = [OWN, { type: "web_search_20250305", name: "web_search" }];
  const forced = lift({ tools, tool_choice: { type: "function", function: { name: "web_search" } } });
  expect(forced).toEqual({ messages: HI, tools: [OWN], plugins: [{ id: "web" }] });
  expect(lift({ tools, tool_choice: "none" })).toEqual({ messages: HI, tools: [OWN], tool_choice: "none" });
});

test("what the request says to the plugin itself stays, and other requests are untouched", () => {
  const plugins = [{ id: "web", engine: "exa" }];
  expect(lift({ tools: [{ type: "web_search", max_results: 9 }], plugins })).toEqual({ messages: HI, plugins });
  const request = chatRequestSchema.parse({ messages: HI, tools: [OWN, { type: "computer_20250124" }] });
  expect(liftSearchTools(request)).toBe(request);
});

test("where the user is comes along", () => {
  const user_location = { type: "approximate", city: "Crewe" };
  expect(lift({ tools: [{ type: "web_search", user_location }] }).web_search_options).toEqual({ user_location });
});
