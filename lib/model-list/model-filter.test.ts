import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryModelFilter } from "@/lib/testing/arbitrary-model-filter";
import { NO_FILTER } from "./model-filter";
import { readModelFilter } from "./read-model-filter";
import { writeModelFilter } from "./write-model-filter";

const read = (query: string) => readModelFilter(new URLSearchParams(query));

describe("a filter in an address", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(arbitraryModelFilter, (filter) => {
        const { filter: again, problems } = read(writeModelFilter(filter).toString());
        expect(problems).toEqual([]);
        expect(again).toEqual(filter);
      }),
    );
  });

  test("is not there where nothing is filtered", () => {
    expect(writeModelFilter(NO_FILTER).toString()).toBe("");
    expect(read("").filter).toEqual(NO_FILTER);
  });

  test.each([
    ["fmt=cards&input_modalities=audio", { inputModalities: ["audio"] }],
    [
      "order=newest&supported_parameters=structured_outputs",
      { order: "newest", supportedParameters: ["structured_outputs"] },
    ],
    ["max_price=0", { promptPrice: { min: undefined, max: 0 } }],
    ["supported_parameters=tools,reasoning,tools", { supportedParameters: ["reasoning", "tools"] }],
    ["supported_parameters=tools&supported_parameters=reasoning", { supportedParameters: ["reasoning", "tools"] }],
    ["output_modalities=text,All", { outputModalities: ["all"] }],
    ["arch=Claude", { series: ["claude"] }],
    ["series=Claude,GPT", { series: ["claude", "gpt"] }],
    ["providers=Google%20AI%20Studio,DeepInfra", { providers: ["deepinfra", "google-ai-studio"] }],
    ["sort=pricing-low-to-high", { order: "pricing-low-to-high" }],
    ["sort=most-popular", { order: "top-weekly" }],
    ["category=marketing/seo", { category: "marketing/seo" }],
    ["zdr=true&distillable=false", { zdr: true, distillable: false }],
    ["zdr=false", {}],
    ["context=128000&q=%20%20", { contextTokens: 128_000 }],
    ["utm_source=somewhere", {}],
  ])("%s as public links have it", (query, expected) => {
    expect(read(query)).toEqual({ filter: { ...NO_FILTER, ...expected }, problems: [] });
  });

  test.each([
    ["context=0", "context"],
    ["context=1.5", "context"],
    ["context=many", "context"],
    ["max_price=-1", "max_price"],
    ["min_price=NaN", "min_price"],
    ["max_output_price=Infinity", "max_output_price"],
    ["min_tool_success_rate=1.01", "min_tool_success_rate"],
    ["min_age_days=1.5", "min_age_days"],
    ["category=cooking", "category"],
    ["sort=best", "sort"],
    ["order=best", "order"],
    ["distillable=maybe", "distillable"],
    ["zdr=1", "zdr"],
    ["region=mars", "region"],
    [`q=${"x".repeat(257)}`, "q"],
  ])("%s names what is wrong and filters nothing", (query, field) => {
    const { filter, problems } = read(query);
    expect(filter).toEqual(NO_FILTER);
    expect(problems).toEqual([{ field, problem: expect.stringMatching(/^must /) }]);
  });
});
