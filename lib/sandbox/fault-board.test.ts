import { describe, expect, test } from "vitest";
import { decideFault, type Fault, parseFaultHeader } from "@/lib/sandbox/fault-board";
import type { ProviderFaults } from "@/lib/schemas/provider-faults";

const always = () => 0;

describe("decideFault", () => {
  test.each<[string, ProviderFaults | undefined, Fault]>([
    ["nothing set", undefined, { kind: "none" }],
    ["only delays", { extraLatencyMs: 5, slowChunkMs: 6 }, { kind: "none" }],
    [
      "an error",
      { error: { status: 503 } },
      { kind: "error", status: 503, retryAfterSeconds: null, afterChunks: null },
    ],
    [
      "an error with all of it",
      { error: { status: 429, retryAfterSeconds: 7, afterChunks: 2 } },
      { kind: "error", status: 429, retryAfterSeconds: 7, afterChunks: 2 },
    ],
    ["a reset", { reset: {} }, { kind: "reset" }],
    ["a stall from the start", { stall: {} }, { kind: "stall", afterChunks: null }],
    ["a stall later", { stall: { afterChunks: 0 } }, { kind: "stall", afterChunks: 0 }],
    ["a cut", { truncate: {} }, { kind: "truncate", afterChunks: 0 }],
    ["garbage", { garbage: { afterChunks: 4 } }, { kind: "garbage", afterChunks: 4 }],
    ["an empty answer", { empty: {} }, { kind: "empty", what: "content" }],
    ["an empty body", { empty: { what: "body" } }, { kind: "empty", what: "body" }],
    ["a refusal", { refuse: {} }, { kind: "refuse" }],
    ["two at once: the first in order", { refuse: {}, reset: {} }, { kind: "reset" }],
  ])("%s", (_name, faults, fault) => {
    expect(decideFault(faults, always).fault).toEqual(fault);
  });

  test("delays apply whatever else happens", () => {
    const decision = decideFault({ extraLatencyMs: 200, slowChunkMs: 9, reset: {} }, always);
    expect(decision).toEqual({ extraLatencyMs: 200, slowChunkMs: 9, fault: { kind: "reset" } });
  });

  test("a chance strikes below its probability and not at it", () => {
    const faults = { error: { status: 500, probability: 0.3 } };
    expect(decideFault(faults, () => 0.299).fault.kind).toBe("error");
    expect(decideFault(faults, () => 0.3).fault.kind).toBe("none");
    expect(decideFault({ reset: { probability: 0 } }, always).fault.kind).toBe("none");
  });

  test("a fault that does not strike leaves the next its own chance", () => {
    const draws = [0.9, 0.1];
    const faults = { error: { status: 500, probability: 0.5 }, stall: { probability: 0.5 } };
    expect(decideFault(faults, () => draws.shift() ?? 1).fault.kind).toBe("stall");
  });
});

describe("parseFaultHeader", () => {
  test.each<[string, ProviderFaults]>([
    ["status=500", { error: { status: 500 } }],
    ["status=429, retry-after=7", { error: { status: 429, retryAfterSeconds: 7 } }],
    ["status=529;after=3", { error: { status: 529, afterChunks: 3 } }],
    ["stall", { stall: {} }],
    ["stall=0", { stall: { afterChunks: 0 } }],
    ["truncate=3", { truncate: { afterChunks: 3 } }],
    ["garbage", { garbage: {} }],
    ["empty", { empty: {} }],
    ["empty=body", { empty: { what: "body" } }],
    ["reset", { reset: {} }],
    ["refuse", { refuse: {} }],
    ["delay=200, SLOW=5", { extraLatencyMs: 200, slowChunkMs: 5 }],
    ["", {}],
  ])("%j is understood", (header, faults) => {
    expect(JSON.parse(JSON.stringify(parseFaultHeader(header)))).toEqual(faults);
  });

  test.each([
    "stutter",
    "status",
    "status=ok",
    "status=200",
    "retry-after=3",
    "after=3",
    "delay",
    "delay=-1",
    "truncate=1.5",
    "stall=",
    "empty=soul",
    "reset=now",
  ])("%j is refused rather than ignored", (header) => {
    expect(parseFaultHeader(header)).toBeNull();
  });
});
