import { expect, test } from "vitest";
import type { ChatModel } from "@/lib/schemas/chat-model";
import { ANY_MODEL, findModel, type ModelSearch, searchModels } from "./search-models";

const model = (id: string, given: Partial<ChatModel> = {}): ChatModel => ({
  id,
  name: id.toUpperCase(),
  contextTokens: 1,
  promptPrice: 1,
  completionPrice: 1,
  isFree: false,
  inputs: [],
  outputs: ["text"],
  usesTools: false,
  reasons: false,
  ...given,
});
const models = [
  model("acme/large", { contextTokens: 9, promptPrice: 5, inputs: ["image"] }),
  model("acme/small-free", { isFree: true, promptPrice: 0, completionPrice: 0 }),
  model("other/acme-small", { promptPrice: -1, inputs: ["image"], reasons: true }),
];
const ids = (search: Partial<ModelSearch>) => searchModels(models, { ...ANY_MODEL, ...search }).map(({ id }) => id);

test("every word must occur, in any order; the words as they were written come first", () => {
  expect(ids({ query: "small acme" })).toEqual(["acme/small-free", "other/acme-small"]);
  expect(ids({ query: "acme-small" })[0]).toBe("other/acme-small");
  expect(ids({ query: "nothing" })).toEqual([]);
});

test("filters add up", () => {
  expect(ids({ filters: ["image"] })).toEqual(["acme/large", "other/acme-small"]);
  expect(ids({ filters: ["image", "reasons"] })).toEqual(["other/acme-small"]);
});

test("cheapest first, prices that are not known last", () => {
  expect(ids({ order: "cheapest" })).toEqual(["acme/small-free", "acme/large", "other/acme-small"]);
  expect(ids({ order: "context" })[0]).toBe("acme/large");
});

test.each([
  [null, ["acme/large", "acme/small-free", "other/acme-small"]],
  [5, ["acme/large", "acme/small-free"]],
  [2, ["acme/small-free"]],
])("at most %s USD a million tokens, in and out", (maxPrice, expected) => {
  expect(ids({ maxPrice })).toEqual(expected);
});

test("one is meant by a part of its name", () => {
  expect(findModel(models, "large")?.id).toBe("acme/large");
  expect(findModel(models, " ")).toBeUndefined();
});
