import { expect, test } from "vitest";
import { tallyResults } from "./tally-results";

const attempt = (endpoint: string, status: number) => ({
  model: "m",
  provider: endpoint,
  endpoint,
  status,
  latencyMs: 1,
});
const record = (id: string, ...attempts: ReturnType<typeof attempt>[]) => ({
  id,
  createdAt: "",
  modelId: "m",
  providerName: null,
  state: "finished",
  finishReason: "stop",
  sandbox: true,
  firstTokenMs: 1,
  attempts,
});

test("counts by provider, and knows a fallback by its record", () => {
  const served = (id: string, provider: string) => ({ kind: "served" as const, id, provider });
  expect(
    tallyResults(
      [
        served("1", "B"),
        served("2", "A"),
        served("3", "A"),
        { kind: "failed", id: null, provider: null, message: "503: no" },
        { kind: "failed", id: "4", provider: "A", message: "502: cut" },
      ],
      [record("2", attempt("b", 503), attempt("a", 200)), record("1", attempt("b", 200))],
    ),
  ).toEqual([
    { provider: "A", served: 2, afterFallback: 1, failed: 1 },
    { provider: "B", served: 1, afterFallback: 0, failed: 0 },
    { provider: "Nobody", served: 0, afterFallback: 0, failed: 1 },
  ]);
});
