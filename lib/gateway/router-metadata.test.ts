import { describe, expect, test } from "vitest";
import type { RouteRecord } from "@/lib/schemas/route-record";
import { renderRouterMetadata } from "./router-metadata";

const candidate = (model: string, provider: string) => ({ model, provider, endpoint: provider.toLowerCase() });
const attempt = (model: string, provider: string, status: number, error?: string) => ({
  ...candidate(model, provider),
  status,
  latencyMs: 5,
  ...(error === undefined ? {} : { error }),
});
const record = (changes: Partial<RouteRecord>): RouteRecord => ({
  requested: "acme/model",
  strategy: "load_balance",
  candidates: [candidate("acme/model", "One"), candidate("acme/model", "Two")],
  excluded: [{ ...candidate("acme/model", "Three"), rule: "configured", reason: "no key", fix: "set a key" }],
  attempts: [attempt("acme/model", "One", 200)],
  notices: [],
  ...changes,
});

describe("renderRouterMetadata", () => {
  test.each([
    { name: "a model by its id", changes: {}, strategy: "direct" },
    { name: "dynamic variants", changes: { requested: "acme/model:nitro:online" }, strategy: "direct" },
    { name: "a preset behind a model", changes: { requested: "acme/model@preset/mine" }, strategy: "direct" },
    { name: "another name of the model", changes: { requested: "acme/old-name" }, strategy: "alias" },
    { name: "the newest of a family", changes: { requested: "~acme/family-latest" }, strategy: "latest" },
    { name: "the Auto Router", changes: { router: "openrouter/auto", requested: "openrouter/auto" }, strategy: "auto" },
    { name: "the free router", changes: { router: "openrouter/free", requested: "openrouter/free" }, strategy: "free" },
    {
      name: "another model than the first",
      changes: {
        candidates: [candidate("acme/model", "One"), candidate("acme/other", "Two")],
        attempts: [attempt("acme/model", "One", 500, "broke"), attempt("acme/other", "Two", 200)],
      },
      strategy: "fallback",
    },
  ])("$name: $strategy", ({ changes, strategy }) => {
    expect(renderRouterMetadata(record(changes)).strategy).toBe(strategy);
  });

  test("the endpoint that answered is selected, not one that failed before it or broke off", () => {
    const {
      endpoints,
      attempt: number,
      summary,
    } = renderRouterMetadata(
      record({ attempts: [attempt("acme/model", "One", 200, "broke off"), attempt("acme/model", "Two", 200)] }),
    );
    expect(endpoints).toEqual({
      total: 3,
      available: [
        { provider: "One", model: "acme/model", selected: false },
        { provider: "Two", model: "acme/model", selected: true },
      ],
    });
    expect([number, summary]).toEqual([2, "available=2, selected=Two"]);
  });

  test("nobody answered: none is selected, and every exclusion is told", () => {
    const metadata = renderRouterMetadata(record({ candidates: [], attempts: [] }));
    expect(metadata).toMatchObject({ attempt: 0, summary: "available=0, selected=none" });
    expect(metadata.excluded).toEqual([
      {
        provider: "Three",
        model: "acme/model",
        endpoint: "three",
        rule: "configured",
        reason: "no key",
        fix: "set a key",
      },
    ]);
  });
});
