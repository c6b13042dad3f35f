import fc from "fast-check";
import { expect, test } from "vitest";
import { providerFaultsSchema } from "@/lib/schemas/provider-faults";
import { describeFaults } from "./describe-faults";
import { ERROR_STATUSES, type FaultSettings, faultsOf, settingsOf } from "./fault-settings";

const rate = fc.integer({ min: 0, max: 100 });
const settings: fc.Arbitrary<FaultSettings> = fc
  .record({
    latencyMs: fc.integer({ min: 0, max: 10_000 }),
    chunkMs: fc.integer({ min: 0, max: 500 }),
    errorRate: rate,
    errorStatus: fc.constantFrom(...ERROR_STATUSES),
    stallRate: rate,
    stallsMidStream: fc.boolean(),
    truncateRate: rate,
    garbageRate: rate,
  })
  // Of what is off nothing else is kept.
  .map((all) => ({
    ...all,
    errorStatus: all.errorRate === 0 ? 503 : all.errorStatus,
    stallsMidStream: all.stallRate > 0 && all.stallsMidStream,
  }));

test("what is turned is what the board says, and the board takes it", () => {
  fc.assert(
    fc.property(settings, (turned) => {
      const faults = faultsOf(turned, undefined);
      expect(providerFaultsSchema.parse(faults)).toEqual(faults);
      expect(settingsOf(faults)).toEqual(turned);
      expect(describeFaults(faults) === "").toBe(Object.keys(faults).length === 0);
    }),
  );
});

test("faults that the page does not turn stay", () => {
  const before = { refuse: {}, empty: { what: "body" as const }, error: { status: 500 } };
  const after = faultsOf({ ...settingsOf(before), errorRate: 0 }, before);
  expect(after).toEqual({ refuse: {}, empty: { what: "body" } });
});

test.each([
  [{}, ""],
  [{ extraLatencyMs: 1500, slowChunkMs: 40 }, "+1.5 s latency · +40 ms a piece"],
  [{ error: { status: 429, probability: 0.5 } }, "429 in 50 %"],
  [{ error: { status: 503 } }, "503 always"],
  [{ stall: { probability: 0.25 }, garbage: {} }, "stalls in 25 % · broken JSON always"],
  [{ stall: { afterChunks: 3 }, truncate: { probability: 0.1 } }, "stalls mid-stream always · cut off in 10 %"],
  [{ reset: {}, empty: {}, refuse: {} }, "connection closed always · empty always · filtered always"],
])("%j reads %j", (faults, text) => {
  expect(describeFaults(faults)).toBe(text);
});
