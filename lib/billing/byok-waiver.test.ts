import { afterEach, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { forgetProcessState } from "@/lib/process-state";
import { admitByok, byokMonthOf, endByok, noteByokRequests } from "./byok-waiver";

const NOVEMBER_MS = Date.parse("2026-11-30T23:59:59.999Z");

setEnv({ BYOK_FREE_REQUESTS: "3" });
afterEach(() => forgetProcessState("byok-months"));

test("the month is the UTC one", () => {
  expect(byokMonthOf(NOVEMBER_MS)).toBe("2026-11-01");
  expect(byokMonthOf(NOVEMBER_MS + 1)).toBe("2026-12-01");
});

test("so many requests are free, those on their way among them", () => {
  const tickets = [1, 2, 3, 4].map(() => admitByok("a", NOVEMBER_MS));
  expect(tickets.map(({ isFree }) => isFree)).toEqual([true, true, true, false]);
  expect(admitByok("b", NOVEMBER_MS).isFree).toBe(true);
});

test("one that was not answered with an own key does not count", () => {
  for (let index = 0; index < 9; index += 1) endByok("a", admitByok("a", NOVEMBER_MS), false);
  expect(admitByok("a", NOVEMBER_MS).isFree).toBe(true);
});

test("what the database counted counts, and the next month begins anew", () => {
  noteByokRequests("a", "2026-11-01", 2);
  endByok("a", admitByok("a", NOVEMBER_MS), true);
  expect(admitByok("a", NOVEMBER_MS).isFree).toBe(false);
  expect(admitByok("a", NOVEMBER_MS + 1).isFree).toBe(true);
  noteByokRequests("a", "2026-12-01", 0);
  expect(admitByok("a", NOVEMBER_MS + 1).isFree).toBe(true);
});
