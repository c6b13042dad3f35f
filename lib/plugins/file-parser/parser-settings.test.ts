import { expect, test } from "vitest";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { type ParserSettings, parserSettingsOf } from "./parser-settings";

const NOTHING: ParserSettings = { engine: undefined, isOff: false, maxFiles: undefined };

test.each<[string, unknown, Partial<ParserSettings>]>([
  ["no plugins", undefined, {}],
  ["other plugins", [{ id: "web" }], {}],
  ["no engine", [{ id: "file-parser" }], {}],
  ["no engine, but a null", [{ id: "file-parser", pdf: { engine: null } }], {}],
  ["an engine", [{ id: "web" }, { id: "file-parser", pdf: { engine: "mistral-ocr" } }], { engine: "mistral-ocr" }],
  ["the newer name", [{ id: "file-parser", pdf: { engine: "cloudflare-ai" } }], { engine: "pdf-text" }],
  ["an object by id", { "file-parser": { pdf: { engine: "native" } } }, { engine: "native" }],
  ["switched off", [{ id: "file-parser", enabled: false }], { isOff: true }],
  ["so many files", [{ id: "file-parser", max_files: 2 }], { maxFiles: 2 }],
])("%s", (_name, plugins, settings) => {
  const request = chatRequestSchema.parse({ messages: [{ role: "user", content: "x" }], plugins });
  expect(parserSettingsOf(request)).toEqual({ ...NOTHING, ...settings });
});
