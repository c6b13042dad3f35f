import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccountSettings } from "@/lib/schemas/account-settings";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import { makeModel } from "@/lib/testing/make-model";
import { plan } from "@/lib/testing/plan";
import type { OwnKey, OwnWays, RoutePlan } from "./types";

const key = (name: string, declaredZdr: boolean | null = null): OwnKey => ({ id: name, name, declaredZdr });
const [one, two, spare] = [key("one"), key("two"), key("spare")];

const RETAINS = { trains: false, retainsPrompts: true, zeroDataRetention: false };
const KEEPS_NOTHING = { trains: false, retainsPrompts: false, zeroDataRetention: true };

/** Of these the first two would be drawn in this order, and the third has the dearest price by far. */
const THREE = makeModel({
  endpoints: [
    { provider: "alpha", price: 1, policy: KEEPS_NOTHING },
    { provider: "beta", price: 20, policy: RETAINS },
    { provider: "gamma", price: 300, policy: RETAINS },
  ],
});

/** `tag+key`, or `tag` for the installation's key. */
function placesOf(result: RoutePlan): string[] {
  if (result.kind !== "route") return [];
  return result.candidates.map(
    ({ endpoint, ownKey }) => `${endpoint.tag}${ownKey === undefined ? "" : `+${ownKey.name}`}`,
  );
}

type Case = {
  name: string;
  own: Record<string, Partial<OwnWays>>;
  provider?: ProviderPreferences;
  settings?: Partial<AccountSettings>;
  configured?: readonly string[];
  expected: string[];
};

describe("the account's own keys", () => {
  test.each<Case>([
    {
      name: "come first, however dear their provider is",
      own: { gamma: { first: [one] } },
      expected: ["gamma+one", "alpha", "beta", "gamma"],
    },
    {
      name: "are tried one after the other before anything else",
      own: { gamma: { first: [one, two] } },
      expected: ["gamma+one", "gamma+two", "alpha", "beta", "gamma"],
    },
    {
      name: "of several providers are in the usual order among themselves",
      own: { gamma: { first: [one] }, beta: { first: [two] } },
      expected: ["beta+two", "gamma+one", "alpha", "beta", "gamma"],
    },
    {
      name: "keep the installation's out where they are always used",
      own: { gamma: { first: [one], exclusive: one } },
      expected: ["gamma+one", "alpha", "beta"],
    },
    {
      name: "come last as fallbacks",
      own: { alpha: { last: [spare] } },
      expected: ["alpha", "beta", "gamma", "alpha+spare"],
    },
    {
      name: "make a provider usable that has no other key",
      own: { gamma: { first: [one] } },
      configured: ["beta"],
      expected: ["gamma+one", "beta"],
    },
    {
      name: "respect a sort among themselves",
      own: { gamma: { first: [one] }, beta: { first: [two] } },
      provider: { sort: "price" },
      expected: ["beta+two", "gamma+one", "alpha", "beta", "gamma"],
    },
    {
      name: "stay at their place in an explicit order",
      own: { beta: { first: [one], last: [spare] }, gamma: { first: [two] } },
      provider: { order: ["alpha", "beta"] },
      expected: ["alpha", "beta+one", "beta", "beta+spare", "gamma+two", "gamma"],
    },
    {
      name: "are all there is at their endpoint without fallbacks",
      own: { gamma: { first: [one, two] } },
      provider: { allow_fallbacks: false },
      expected: ["gamma+one", "gamma+two", "gamma"],
    },
    {
      name: "are left out with their provider",
      own: { gamma: { first: [one] } },
      provider: { ignore: ["gamma"] },
      expected: ["alpha", "beta"],
    },
    {
      name: "may go where the account has a contract without data retention",
      own: { gamma: { first: [key("kept", true)] }, beta: { first: [two] } },
      provider: { zdr: true },
      expected: ["gamma+kept", "alpha"],
    },
    {
      name: "do not go where the account says that data is retained",
      own: { alpha: { first: [key("open", false), one] } },
      settings: { zeroDataRetention: true },
      expected: ["alpha+one", "alpha"],
    },
  ])("$name", ({ own, provider, settings, configured, expected }) => {
    const result = plan({
      models: [THREE],
      own,
      ...(provider === undefined ? {} : { provider }),
      ...(settings === undefined ? {} : { settings }),
      ...(configured === undefined ? {} : { configured }),
    });
    expect(placesOf(result)).toEqual(expected);
  });

  test("a plan says why a provider is skipped whose key is always used and is for other models", () => {
    const { excluded } = plan({ models: [THREE], own: { gamma: { exclusive: one } } });
    expect(excluded).toMatchObject([
      {
        endpoint: "gamma",
        rule: "configured",
        reason: 'your key "one" is always used for Gamma, and it is not for this endpoint',
      },
    ]);
  });

  test("add up to one first try, lose no endpoint, and change nothing for others", () => {
    const ways = fc.record({
      first: fc.subarray([one, two]),
      last: fc.subarray([spare]),
      exclusive: fc.constantFrom(undefined, one),
    });
    const own = fc.dictionary(fc.constantFrom("alpha", "beta", "gamma"), ways);
    const provider = fc.constantFrom<ProviderPreferences>(
      {},
      { order: ["beta"] },
      { sort: "price" },
      { allow_fallbacks: false },
    );
    fc.assert(
      fc.property(own, provider, (given, preferences) => {
        const result = plan({ models: [THREE], own: given, provider: preferences });
        const candidates = result.kind === "route" ? result.candidates : [];
        const seen = new Set([
          ...candidates.map(({ endpoint }) => endpoint.tag),
          ...result.excluded.map(({ endpoint }) => endpoint),
        ]);
        expect([...seen].sort()).toEqual(["alpha", "beta", "gamma"]);
        expect(new Set(placesOf(result)).size).toBe(candidates.length);
        if (candidates.length === 0) return;
        expect(candidates.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1);
      }),
    );
  });
});
