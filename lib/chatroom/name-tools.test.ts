import { expect, test } from "vitest";
import { servedToolName, withOwnNames } from "./name-tools";

test.each([
  ["My tools", "add", "My_tools_add"],
  ["tools.example.com", "list/files", "tools_example_com_list_files"],
  ["1Password", "get", "_1Password_get"],
  ["工具", "add", "__add"],
  ["x", "y".repeat(80), `x_${"y".repeat(58)}`],
])("%s, %s: %s", (server, tool, name) => expect(servedToolName(server, tool)).toBe(name));

test("no two tools have one name, and the first keeps its own", () => {
  const long = servedToolName("x", "y".repeat(80));
  const names = withOwnNames(
    ["fetch_url", "a_b", "fetch_url", "a_b", "a_b_2", "a_b", long, long].map((name) => ({ name })),
  );
  expect(names.map(({ name }) => name)).toEqual([
    "fetch_url",
    "a_b",
    "fetch_url_2",
    "a_b_2",
    "a_b_2_2",
    "a_b_3",
    long,
    `${long}_2`,
  ]);
  expect(names.every(({ name }) => name.length <= 64)).toBe(true);
});
