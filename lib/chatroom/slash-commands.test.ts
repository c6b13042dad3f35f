import { expect, test } from "vitest";
import { parseSlashCommand, suggestSlashCommands } from "./slash-commands";

test.each([
  ["/new", { name: "new", argument: "" }],
  ["/model llama 3.3", { name: "model", argument: "llama 3.3" }],
  ["/system Be brief.\nAlways.", { name: "system", argument: "Be brief.\nAlways." }],
  ["/etc/hosts is a file", undefined],
  ["/nothing", undefined],
  ["Hello /new", undefined],
])("%j commands %j", (draft, command) => {
  expect(parseSlashCommand(draft)).toEqual(command);
});

test("suggests while the first word is written, and not after", () => {
  expect(suggestSlashCommands("/te").map(({ name }) => name)).toEqual(["temp"]);
  expect(suggestSlashCommands("/").length).toBeGreaterThan(8);
  expect(suggestSlashCommands("/temp ")).toEqual([]);
  expect(suggestSlashCommands("a/")).toEqual([]);
});
