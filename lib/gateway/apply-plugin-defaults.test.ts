import { expect, test } from "vitest";
import type { PluginDefault } from "@/lib/schemas/account-settings";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { applyPluginDefaults } from "./apply-plugin-defaults";

const WEB: PluginDefault = {
  id: "web",
  enabled: true,
  preventOverrides: false,
  config: { engine: "exa", max_results: 3 },
};
const OFF: PluginDefault = { ...WEB, enabled: false, config: {} };
const FINAL: PluginDefault = { ...WEB, preventOverrides: true };
const FINALLY_OFF: PluginDefault = { ...OFF, preventOverrides: true };
const DEFAULT_ENTRY = { id: "web", enabled: true, engine: "exa", max_results: 3 };

function applied(plugins: ChatRequest["plugins"], defaults: readonly PluginDefault[]) {
  const request: ChatRequest = { messages: [{ role: "user", content: "hi" }], plugins };
  return applyPluginDefaults(request, defaults, (id) => id !== "forgotten").plugins;
}

test.each<{
  name: string;
  plugins: ChatRequest["plugins"];
  defaults: readonly PluginDefault[];
  expected: ChatRequest["plugins"];
}>([
  { name: "no defaults change nothing", plugins: { web: {} }, defaults: [], expected: { web: {} } },
  { name: "a default applies where nothing is named", plugins: undefined, defaults: [WEB], expected: [DEFAULT_ENTRY] },
  {
    name: "a default applies beside what is named",
    plugins: [{ id: "file-parser" }],
    defaults: [WEB],
    expected: [{ id: "file-parser" }, DEFAULT_ENTRY],
  },
  {
    name: "what the request names replaces the default whole",
    plugins: [{ id: "web", max_results: 9 }],
    defaults: [WEB],
    expected: [{ id: "web", max_results: 9 }],
  },
  {
    name: "a request switches a default off",
    plugins: [{ id: "web", enabled: false }],
    defaults: [WEB],
    expected: [{ id: "web", enabled: false }],
  },
  {
    name: "a request switches on what is off by default",
    plugins: [{ id: "web" }],
    defaults: [OFF],
    expected: [{ id: "web" }],
  },
  {
    name: "off by default is said where nothing is named",
    plugins: [],
    defaults: [OFF],
    expected: [{ id: "web", enabled: false }],
  },
  {
    name: "a final default cannot be switched off",
    plugins: [{ id: "web", enabled: false }],
    defaults: [FINAL],
    expected: [DEFAULT_ENTRY],
  },
  {
    name: "a final default cannot be changed, and entries keep their places",
    plugins: [{ id: "web", engine: "native" }, { id: "file-parser" }],
    defaults: [FINAL],
    expected: [DEFAULT_ENTRY, { id: "file-parser" }],
  },
  {
    name: "a final default cannot be switched on when it is off",
    plugins: { web: { max_results: 1 } },
    defaults: [FINALLY_OFF],
    expected: [{ id: "web", enabled: false }],
  },
  {
    name: "naming it twice does not get around it",
    plugins: [{ id: "web" }, { id: "web", enabled: false }],
    defaults: [FINAL],
    expected: [DEFAULT_ENTRY],
  },
  {
    name: "a default of a plugin that is gone is left out",
    plugins: undefined,
    defaults: [{ ...WEB, id: "forgotten" }],
    expected: undefined,
  },
])("$name", ({ plugins, defaults, expected }) => {
  expect(applied(plugins, defaults)).toEqual(expected);
});
