import { expect, test } from "vitest";
import { waterfallOf } from "./waterfall";

const attempt = (provider: string, status: number, latencyMs: number) => ({
  model: "a/b",
  provider,
  endpoint: provider,
  status,
  latencyMs,
});

test.each([
  {
    name: "an answer at the first try",
    timed: { firstTokenMs: 320, generationMs: 500, route: { attempts: [attempt("A", 200, 318)] } },
    spans: [
      ["gateway", 0, 2],
      ["waiting", 2, 318],
      ["generation", 320, 500],
    ],
  },
  {
    name: "an answer after a failure",
    timed: {
      firstTokenMs: 400,
      generationMs: 10,
      route: { attempts: [attempt("A", 503, 90), attempt("B", 200, 300)] },
    },
    spans: [
      ["gateway", 0, 10],
      ["failed", 10, 90],
      ["waiting", 100, 300],
      ["generation", 400, 10],
    ],
  },
  {
    name: "no answer at all",
    timed: {
      firstTokenMs: null,
      generationMs: null,
      route: { attempts: [attempt("A", 503, 90), attempt("B", 500, 5)] },
    },
    spans: [
      ["failed", 0, 90],
      ["failed", 90, 5],
    ],
  },
  {
    name: "times that were rounded apart",
    timed: { firstTokenMs: 99, generationMs: 1, route: { attempts: [attempt("A", 200, 100)] } },
    spans: [
      ["gateway", 0, 0],
      ["waiting", 0, 100],
      ["generation", 100, 1],
    ],
  },
  { name: "nothing measured", timed: { firstTokenMs: null, generationMs: null, route: { attempts: [] } }, spans: [] },
])("$name", ({ timed, spans }) => {
  expect(waterfallOf(timed).map(({ kind, startMs, durationMs }) => [kind, startMs, durationMs])).toEqual(spans);
});
