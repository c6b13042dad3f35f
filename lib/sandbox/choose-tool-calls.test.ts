import { describe, expect, test } from "vitest";
import { chooseToolCalls } from "@/lib/sandbox/choose-tool-calls";
import type { Question, ToolOffer } from "@/lib/sandbox/question";
import { readHints } from "@/lib/sandbox/read-hints";
import { questionOf } from "@/lib/sandbox/test-question";

const WEATHER: ToolOffer = {
  name: "get_weather",
  description: "Current weather for a city",
  schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};
const STOCK: ToolOffer = {
  name: "lookupStockPrice",
  description: "Price of a share",
  schema: { type: "object", properties: { symbol: { type: "string" } }, required: ["symbol"] },
};
const ORDER: ToolOffer = {
  name: "find_order",
  description: "Finds a package by its number",
  schema: { type: "object", properties: { order_id: { type: "string" } }, required: ["order_id"] },
};

function callsFor(userText: string, more: Partial<Question> = {}) {
  return chooseToolCalls(questionOf({ userText, tools: [WEATHER, STOCK, ORDER], ...more }), readHints(userText));
}

describe("which tools are called", () => {
  test.each<[string, unknown[]]>([
    ["What is the weather in Paris?", [{ name: "get_weather", arguments: { city: "Paris" } }]],
    [
      "Weather in Paris, Rome and Oslo please",
      ["Paris", "Rome", "Oslo"].map((city) => ({ name: "get_weather", arguments: { city } })),
    ],
    [
      "What's the weather in Lima, and the stock price of ACME?",
      [
        { name: "get_weather", arguments: { city: "Lima" } },
        { name: "lookupStockPrice", arguments: { symbol: "ACME" } },
      ],
    ],
    ["Where is my package PX-100?", [{ name: "find_order", arguments: { order_id: "PX-100" } }]],
    ["Hello!", []],
    ["Tell me a joke", []],
    ["Thanks", []],
  ])("%s", (text, calls) => {
    const made = callsFor(text);
    expect(made).toHaveLength(calls.length);
    expect(made).toEqual(expect.arrayContaining(calls));
  });
});

test("a request that speaks of no tool but wants something done calls the first one", () => {
  expect(callsFor("Please get this going for Berlin")).toEqual([
    { name: "get_weather", arguments: { city: "Berlin" } },
  ]);
});

test("one call at a time when parallel calls are off", () => {
  expect(callsFor("Weather in Paris and Rome", { parallelToolCalls: false })).toHaveLength(1);
});

test("nothing is called where tools are off, missing, or have just answered", () => {
  const toolResults = [{ name: "get_weather", content: "sunny", failed: false }];
  expect(callsFor("weather in Paris", { toolChoice: "none" })).toEqual([]);
  expect(callsFor("weather in Paris", { tools: [] })).toEqual([]);
  expect(callsFor("weather in Paris", { toolResults })).toEqual([]);
});

test("a forced choice calls even for small talk", () => {
  expect(callsFor("Hello!", { toolChoice: "any", tools: [ORDER] })).toEqual([
    { name: "find_order", arguments: { order_id: expect.any(String) } },
  ]);
});
