import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccountSettings } from "@/lib/schemas/account-settings";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import { makeModel } from "@/lib/testing/make-model";
import { plan } from "@/lib/testing/plan";

const PRIVATE = { trains: false, retainsPrompts: false, zeroDataRetention: true };
const RETAINS = { trains: false, retainsPrompts: true, zeroDataRetention: false };
const TRAINS = { trains: true, retainsPrompts: true, zeroDataRetention: false };

const MODEL = makeModel({
  endpoints: [
    { provider: "private", policy: PRIVATE },
    { provider: "retains", policy: RETAINS },
    { provider: "trains", policy: TRAINS, tag: "trains/fast" },
    { provider: "gift", policy: TRAINS, price: 0 },
    { provider: "unknown" },
  ],
});
const ALL = ["private", "retains", "trains/fast", "gift", "unknown"];

function planFor(provider: ProviderPreferences, settings: Partial<AccountSettings>) {
  return plan({ models: [MODEL], provider, settings });
}

function keptBy(provider: ProviderPreferences, settings: Partial<AccountSettings>): string[] {
  const plan = planFor(provider, settings);
  const kept = plan.kind === "route" ? plan.candidates.map(({ endpoint }) => endpoint.tag) : [];
  return ALL.filter((tag) => kept.includes(tag));
}

describe("which endpoints an account and a request leave together", () => {
  test.each<{ name: string; provider?: ProviderPreferences; settings: Partial<AccountSettings>; kept: string[] }>([
    { name: "no settings leave all", settings: {}, kept: ALL },
    {
      name: "the account's list",
      settings: { allowedProviders: ["Private", "retains"] },
      kept: ["private", "retains"],
    },
    {
      name: "the account's list with the request's added",
      provider: { only: ["unknown"] },
      settings: { allowedProviders: ["private"] },
      kept: ["private", "unknown"],
    },
    {
      name: "a locked list, to which a request cannot add",
      provider: { only: ["unknown"] },
      settings: { allowedProviders: ["private"], lockAllowedProviders: true },
      kept: [],
    },
    {
      name: "a locked list, narrowed by the request",
      provider: { only: ["retains", "unknown"] },
      settings: { allowedProviders: ["private", "retains"], lockAllowedProviders: true },
      kept: ["retains"],
    },
    {
      name: "a locked list without a word from the request",
      settings: { allowedProviders: ["trains"], lockAllowedProviders: true },
      kept: ["trains/fast"],
    },
    {
      name: "a lock without a list",
      provider: { only: ["unknown"] },
      settings: { lockAllowedProviders: true },
      kept: ["unknown"],
    },
    {
      name: "both lists of ignored providers",
      provider: { ignore: ["private"] },
      settings: { ignoredProviders: ["Trains", "gift"] },
      kept: ["retains", "unknown"],
    },
    {
      name: "what is ignored although it is allowed",
      settings: { allowedProviders: ["private", "gift"], ignoredProviders: ["gift"] },
      kept: ["private"],
    },
    { name: "no training by paid endpoints", settings: { allowTrainingPaid: false }, kept: ["private", "gift"] },
    {
      name: "no training by free endpoints",
      settings: { allowTrainingFree: false },
      kept: ["private", "retains", "trains/fast", "unknown"],
    },
    {
      name: "a request that allows it does not undo the account's switch",
      provider: { data_collection: "allow" },
      settings: { allowTrainingPaid: false, allowTrainingFree: false },
      kept: ["private"],
    },
    {
      name: "a request may be stricter than the account",
      provider: { data_collection: "deny" },
      settings: { allowTrainingFree: false },
      kept: ["private"],
    },
    { name: "zero data retention", settings: { zeroDataRetention: true }, kept: ["private"] },
    {
      name: "zero data retention that a request cannot undo",
      provider: { zdr: false },
      settings: { zeroDataRetention: true },
      kept: ["private"],
    },
  ])("$name", ({ provider = {}, settings, kept }) => {
    expect(keptBy(provider, settings)).toEqual(kept);
  });
});

describe("who is told to change what", () => {
  test.each<{
    name: string;
    provider?: ProviderPreferences;
    settings: Partial<AccountSettings>;
    rule: string;
    reason: RegExp;
    fix: string;
  }>([
    {
      name: "the request's own list",
      provider: { only: ["private"] },
      settings: {},
      rule: "only",
      reason: /the request's list/,
      fix: 'add "trains/fast" to provider.only',
    },
    {
      name: "the account's list",
      settings: { allowedProviders: ["private"] },
      rule: "only",
      reason: /the account's allowed_providers$/,
      fix: 'add "trains/fast" to preferences.allowed_providers at /settings/preferences',
    },
    {
      name: "both lists, of which one suffices",
      provider: { only: ["unknown"] },
      settings: { allowedProviders: ["private"] },
      rule: "only",
      reason: /the request's list/,
      fix: 'add "trains/fast" to provider.only',
    },
    {
      name: "a ceiling",
      provider: { only: ["trains"] },
      settings: { allowedProviders: ["private"], lockAllowedProviders: true },
      rule: "only",
      reason: /lock_allowed_providers/,
      fix: 'add "trains/fast" to preferences.allowed_providers at /settings/preferences',
    },
    {
      name: "a ceiling and a narrower list",
      provider: { only: ["private"] },
      settings: { allowedProviders: ["private"], lockAllowedProviders: true },
      rule: "only",
      reason: /lock_allowed_providers/,
      fix: 'add "trains/fast" to provider.only; add "trains/fast" to preferences.allowed_providers at /settings/preferences',
    },
    {
      name: "a list that is narrower than the ceiling",
      provider: { only: ["private"] },
      settings: { allowedProviders: ["private", "trains"], lockAllowedProviders: true },
      rule: "only",
      reason: /the request's list/,
      fix: 'add "trains/fast" to provider.only',
    },
    {
      name: "the request ignores it, by two names",
      provider: { ignore: ["Trains", "trains/fast"] },
      settings: {},
      rule: "ignore",
      reason: /the request's list of ignored/,
      fix: 'remove "trains" from provider.ignore; remove "trains/fast" from provider.ignore',
    },
    {
      name: "the account ignores it",
      settings: { ignoredProviders: ["trains"] },
      rule: "ignore",
      reason: /the account's ignored_providers/,
      fix: 'remove "trains" from preferences.ignored_providers at /settings/preferences',
    },
    {
      name: "both ignore it",
      provider: { ignore: ["trains"] },
      settings: { ignoredProviders: ["trains"] },
      rule: "ignore",
      reason: /ignored/,
      fix: 'remove "trains" from provider.ignore; remove "trains" from preferences.ignored_providers at /settings/preferences',
    },
    {
      name: "the account's training switch",
      settings: { allowTrainingPaid: false },
      rule: "data_collection",
      reason: /^Trains may train on prompts, and the account's allow_training_paid is off$/,
      fix: "set privacy.allow_training_paid to true at /settings/privacy",
    },
    {
      name: "the request's data policy",
      provider: { data_collection: "deny" },
      settings: {},
      rule: "data_collection",
      reason: /^Trains may train on prompts$/,
      fix: 'set provider.data_collection to "allow"',
    },
    {
      name: "both data policies",
      provider: { data_collection: "deny" },
      settings: { allowTrainingPaid: false },
      rule: "data_collection",
      reason: /allow_training_paid/,
      fix: 'set provider.data_collection to "allow"; set privacy.allow_training_paid to true at /settings/privacy',
    },
    {
      name: "the account's zero data retention",
      settings: { zeroDataRetention: true },
      rule: "zdr",
      reason: /the account's zdr is on/,
      fix: "set privacy.zdr to false at /settings/privacy",
    },
    {
      name: "the request's zero data retention",
      provider: { zdr: true },
      settings: {},
      rule: "zdr",
      reason: /^not a zero-data-retention endpoint$/,
      fix: "leave out provider.zdr",
    },
  ])("$name", ({ provider = {}, settings, rule, reason, fix }) => {
    const exclusion = planFor(provider, settings).excluded.find(({ endpoint }) => endpoint === "trains/fast");
    expect(exclusion).toMatchObject({ rule, reason: expect.stringMatching(reason), fix });
  });
});

test.each<{ settings: Partial<AccountSettings>; provider?: ProviderPreferences; message: RegExp }>([
  { settings: { allowedProviders: ["nobody"] }, message: /your account allows "nobody" \(\/settings\/preferences\)/ },
  {
    settings: { allowedProviders: ["nobody"], lockAllowedProviders: true },
    provider: { only: ["private"] },
    message: /provider.only allows "private", and your account allows no others than "nobody"/,
  },
  { settings: { ignoredProviders: [...ALL] }, message: /your account ignores "private"/ },
])("a request that is left with nothing is told of the account's part: $message", ({ settings, provider, message }) => {
  const plan = planFor(provider ?? {}, settings);
  expect(plan).toMatchObject({ kind: "unroutable", message: expect.stringMatching(message) });
});

describe("whatever both sides say", () => {
  const names = fc.uniqueArray(fc.constantFrom("private", "Retains", "trains", "trains/fast", "gift", "unknown"), {
    maxLength: 4,
  });
  const requests = fc.record({
    only: fc.option(names, { nil: undefined }),
    ignore: fc.option(names, { nil: undefined }),
    data_collection: fc.option(fc.constantFrom<("allow" | "deny")[]>("allow", "deny"), { nil: undefined }),
    zdr: fc.option(fc.boolean(), { nil: undefined }),
  });
  const accounts = fc.record({
    allowedProviders: names,
    ignoredProviders: names,
    lockAllowedProviders: fc.boolean(),
    allowTrainingPaid: fc.boolean(),
    allowTrainingFree: fc.boolean(),
    zeroDataRetention: fc.boolean(),
  });

  test("no request widens what its account leaves, except by `only` where the list is not locked", () => {
    fc.assert(
      fc.property(requests, accounts, (provider, settings) => {
        const widest = settings.lockAllowedProviders ? settings : { ...settings, allowedProviders: [] };
        const ceiling = keptBy({}, widest);
        for (const tag of keptBy(provider, settings)) expect(ceiling).toContain(tag);
      }),
    );
  });

  test("applying the fixes one after another lets every endpoint back in", () => {
    fc.assert(
      fc.property(requests, accounts, fc.constantFrom(...ALL), (provider, settings, tag) => {
        let state: State = { provider, settings };
        // Four rules, each undone at most once for one endpoint.
        for (let round = 0; round < 4; round += 1) {
          const { excluded } = planFor(state.provider, state.settings);
          const fix = excluded.find(({ endpoint }) => endpoint === tag)?.fix;
          if (fix === undefined) break;
          state = applyFix(fix, state);
        }
        expect(keptBy(state.provider, state.settings)).toContain(tag);
      }),
    );
  });
});

type State = { provider: ProviderPreferences; settings: Partial<AccountSettings> };

/** Does what the text of a fix says, clause by clause, as a person would. */
function applyFix(fix: string, state: State): State {
  return fix.split("; ").reduce(applyClause, state);
}

function applyClause({ provider, settings }: State, clause: string): State {
  const [, name = ""] = /"([^"]*)"/.exec(clause) ?? [];
  const without = (list: readonly string[] | null | undefined) =>
    (list ?? []).filter((entry) => entry.toLowerCase() !== name);
  const [, verb, path] = /^(\w+)(?: out)? (?:"[^"]*" (?:to|from) )?(\S+)/.exec(clause) ?? [];
  switch (`${verb} ${path}`) {
    case "add provider.only":
      return { settings, provider: { ...provider, only: [...(provider.only ?? []), name] } };
    case "add preferences.allowed_providers":
      return { provider, settings: { ...settings, allowedProviders: [...(settings.allowedProviders ?? []), name] } };
    case "remove provider.ignore":
      return { settings, provider: { ...provider, ignore: without(provider.ignore) } };
    case "remove preferences.ignored_providers":
      return { provider, settings: { ...settings, ignoredProviders: without(settings.ignoredProviders) } };
    case "set provider.data_collection":
      return { settings, provider: { ...provider, data_collection: "allow" } };
    case "set privacy.allow_training_paid":
      return { provider, settings: { ...settings, allowTrainingPaid: true } };
    case "set privacy.allow_training_free":
      return { provider, settings: { ...settings, allowTrainingFree: true } };
    case "leave provider.zdr":
      return { settings, provider: { ...provider, zdr: null } };
    case "set privacy.zdr":
      return { provider, settings: { ...settings, zeroDataRetention: false } };
    default:
      throw new Error(`a fix that nobody can read: ${clause}`);
  }
}
