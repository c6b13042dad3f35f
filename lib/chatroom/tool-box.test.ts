import { expect, test } from "vitest";
import { type ChatTool, consentFor, isAllowed } from "./tool-box";

const tool: ChatTool = {
  id: "t",
  name: "t",
  from: "Test",
  description: "",
  parameters: {},
  asks: true,
  run: async () => "",
};
const going: ChatTool = {
  ...tool,
  addressOf: ({ url }) => (typeof url === "string" && URL.canParse(url) ? new URL(url) : undefined),
};

test.each<[string, ChatTool, string, ReturnType<typeof consentFor>]>([
  ["what stays in the browser", { ...tool, asks: false }, "{}", undefined],
  ["a tool of a server", tool, "{}", { permission: { toolId: "t", host: null }, address: null }],
  ["arguments that cannot be read", tool, "{broken", undefined],
  [
    "an address",
    going,
    '{"url":"https://A.example/x?q=1"}',
    { permission: { toolId: "t", host: "a.example" }, address: "https://a.example/x?q=1" },
  ],
  // What comes before the @ is no host, however much it looks like one.
  [
    "an address that pretends",
    going,
    '{"url":"https://good.example@bad.example:8443/"}',
    {
      permission: { toolId: "t", host: "bad.example:8443" },
      address: "https://good.example@bad.example:8443/",
    },
  ],
  ["no address", going, '{"url":5}', undefined],
])("%s", (_name, one, given, expected) => expect(consentFor(one, given)).toEqual(expected));

test.each([
  [{ toolId: "t", host: "a.example" }, true],
  [{ toolId: "t", host: "b.a.example" }, false],
  [{ toolId: "t", host: null }, false],
  [{ toolId: "u", host: "a.example" }, false],
])("%j is allowed: %s", (permission, expected) => {
  expect(isAllowed([{ toolId: "t", host: "a.example" }], permission)).toBe(expected);
});
