import { describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/env";
import { freeRequestLimitsOf } from "./free-request-limits";

describe("limits on free models", () => {
  test.each([
    {
      name: "are those of the public API by default",
      env: {},
      limits: { perMinute: 20, perDay: 50, perDayOfBuyers: 1_000, buyerNanoUsd: 10_000_000_000n },
    },
    {
      name: "are the operator's",
      env: {
        FREE_REQUESTS_PER_MINUTE: "5",
        FREE_REQUESTS_PER_DAY: "7",
        FREE_REQUESTS_PER_DAY_BUYERS: "9",
        FREE_REQUESTS_BUYER_CREDITS: "0.5",
      },
      limits: { perMinute: 5, perDay: 7, perDayOfBuyers: 9, buyerNanoUsd: 500_000_000n },
    },
    {
      name: "are switched off one by one with 0",
      env: { FREE_REQUESTS_PER_MINUTE: "0", FREE_REQUESTS_PER_DAY_BUYERS: "0" },
      limits: { perMinute: null, perDay: 50, perDayOfBuyers: null, buyerNanoUsd: 10_000_000_000n },
    },
    {
      name: "are none when all are 0",
      env: { FREE_REQUESTS_PER_MINUTE: "0", FREE_REQUESTS_PER_DAY: "0", FREE_REQUESTS_PER_DAY_BUYERS: "0" },
      limits: null,
    },
    { name: "are none where billing is off", env: { BILLING: "off" }, limits: null },
  ])("$name", ({ env, limits }) => {
    expect(freeRequestLimitsOf(parseEnv(env))).toEqual(limits);
  });

  test.each([
    ["FREE_REQUESTS_PER_MINUTE", "-1"],
    ["FREE_REQUESTS_PER_DAY", "many"],
    ["FREE_REQUESTS_PER_DAY_BUYERS", "1.5"],
    ["FREE_REQUESTS_BUYER_CREDITS", "ten"],
  ])("cannot be wrong unnoticed: %s=%s", (name, value) => {
    expect(() => parseEnv({ [name]: value })).toThrow(name);
  });
});
