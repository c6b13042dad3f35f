import { expect, test } from "vitest";
import { toolResultPartSchema } from "../schemas/chat-tools";
import { toolResultText } from "./tool-result-text";

test.each([
  [{ type: "text", text: "3" }, "3"],
  [{ type: "image", data: "AAAA", mimeType: "image/png" }, "(image, image/png: it cannot be shown here.)"],
  [{ type: "audio", data: "AAAA", mimeType: "audio/wav" }, "(audio, audio/wav: it cannot be shown here.)"],
  [{ type: "resource_link", uri: "file:///a", name: "a" }, "a: file:///a"],
  [{ type: "resource", resource: { uri: "file:///a", text: "inside" } }, "inside"],
  [
    { type: "resource", resource: { uri: "file:///a", blob: "AAAA", mimeType: "application/zip" } },
    "(A file, application/zip: it cannot be shown here.)",
  ],
])("%j", (part, text) => expect(toolResultText([toolResultPartSchema.parse(part)])).toBe(text));

test("parts are told apart", () => {
  const part = { type: "text" as const, text: "a" };
  expect(toolResultText([part, part])).toBe("a\n\na");
});
