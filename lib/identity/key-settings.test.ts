import { expect, test } from "vitest";
import { keySettingsOf } from "./key-settings";

const NOW = Date.parse("2026-11-21T12:00:00Z");

test.each([
  { name: "nothing said is nothing changed", request: {}, expected: {} },
  { name: "name", request: { name: "Customer" }, expected: { name: "Customer" } },
  { name: "disabled", request: { disabled: false }, expected: { disabled: false } },
  { name: "a limit in whole dollars", request: { limit: 25 }, expected: { limitNanoUsd: 25_000_000_000n } },
  { name: "a limit of nothing", request: { limit: 0 }, expected: { limitNanoUsd: 0n } },
  {
    name: "a limit that binary fractions miss",
    request: { limit: 0.1 + 0.2 },
    expected: { limitNanoUsd: 300_000_000n },
  },
  { name: "a limit of one nano-dollar", request: { limit: 1e-9 }, expected: { limitNanoUsd: 1n } },
  { name: "no limit any more", request: { limit: null }, expected: { limitNanoUsd: null } },
  { name: "a reset", request: { limit_reset: "weekly" as const }, expected: { limitReset: "weekly" } },
  { name: "no reset any more", request: { limit_reset: null }, expected: { limitReset: null } },
  { name: "own provider keys", request: { include_byok_in_limit: true }, expected: { includeByokInLimit: true } },
  {
    name: "an expiry in another time zone",
    request: { expires_at: "2026-11-21T14:30:00+02:00" },
    expected: { expiresAt: new Date("2026-11-21T12:30:00Z") },
  },
  { name: "no expiry any more", request: { expires_at: null }, expected: { expiresAt: null } },
])("$name", ({ request, expected }) => {
  expect(keySettingsOf(request, NOW)).toEqual(expected);
});

test.each(["2026-11-21T12:00:00Z", "2026-11-21T13:59:59+02:00", "2020-01-01T00:00:00Z"])(
  "an expiry of %s, which is not in the future, is refused by name",
  (expires_at) => {
    expect(() => keySettingsOf({ expires_at }, NOW)).toThrow(
      expect.objectContaining({ code: "invalid_request", message: "expires_at: must be in the future" }),
    );
  },
);
