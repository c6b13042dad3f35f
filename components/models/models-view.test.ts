import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_FILTER } from "@/lib/model-list/model-filter";
import { arbitraryModelFilter } from "@/lib/testing/arbitrary-model-filter";
import { type ModelsView, modelsHref, readModelsView } from "./models-view";

const arbitraryView: fc.Arbitrary<ModelsView> = fc.record({
  filter: arbitraryModelFilter,
  format: fc.constantFrom("table", "cards"),
  compared: fc.subarray(["openai/gpt-4o", "~anthropic/claude-sonnet-latest", "qwen/qwen3-coder:free", "a/b"]),
});

const read = (href: string) => readModelsView(new URL(href, "http://localhost").searchParams);

test("a link shows the view that it was copied from", () => {
  fc.assert(
    fc.property(arbitraryView, (view) => {
      expect(read(modelsHref(view))).toEqual(view);
    }),
  );
});

test("the plain address is the whole list", () => {
  expect(read("/models")).toEqual({ filter: NO_FILTER, format: "table", compared: [] });
  expect(modelsHref({ filter: NO_FILTER, format: "table", compared: [] })).toBe("/models");
});

test("at most four models are compared, each once", () => {
  expect(read("/models?compare=a/a,b/b,a/a,c/c,d/d,e/e").compared).toEqual(["a/a", "b/b", "c/c", "d/d"]);
});

test("a link can be read by people", () => {
  const filter = { ...NO_FILTER, supportedParameters: ["reasoning", "tools"], q: "qwen coder" };
  expect(modelsHref({ filter, format: "cards", compared: ["a/b:free"] })).toBe(
    "/models?q=qwen+coder&supported_parameters=reasoning,tools&fmt=cards&compare=a/b:free",
  );
});
