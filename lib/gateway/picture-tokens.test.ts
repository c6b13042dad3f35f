import { expect, test } from "vitest";
import { NO_TOKENS } from "@/lib/schemas/chat-chunk";
import { withPictureTokens } from "./picture-tokens";

test.each([
  { name: "no picture", counted: { completionTokens: 9 }, pictures: 0, expected: [9, 0, false] },
  {
    name: "pictures that the provider counts apart",
    counted: { completionTokens: 1_300, completionImageTokens: 1_290 },
    pictures: 1,
    expected: [1_300, 1_290, false],
  },
  {
    name: "a model that only draws: all that is not thought",
    counted: { completionTokens: 4_175, reasoningTokens: 75 },
    pictures: 1,
    onlyDraws: true,
    expected: [4_175, 4_100, false],
  },
  {
    name: "counted in the total only",
    counted: { completionTokens: 1_310 },
    pictures: 1,
    textTokens: 20,
    expected: [1_310, 1_290, true],
  },
  {
    name: "not counted",
    counted: { completionTokens: 20 },
    pictures: 2,
    textTokens: 20,
    expected: [8_212, 8_192, true],
  },
  { name: "nothing counted", counted: {}, pictures: 1, onlyDraws: true, expected: [4_096, 4_096, true] },
])("$name", ({ counted, pictures, onlyDraws = false, textTokens = 0, expected }) => {
  const usage = { ...NO_TOKENS, ...counted };
  const told = withPictureTokens(usage, { pictures, onlyDraws, textTokens });
  expect([told.usage.completionTokens, told.usage.completionImageTokens, told.estimated]).toEqual(expected);
});
