import type { Endpoint } from "@/lib/schemas/endpoint";
import { matchesProvider } from "./match-provider";
import { quoted, type Refusal, type Rule } from "./rule";
import type { RoutePreferences } from "./types";
import { allowedWaysOf, hasWay, waysOf } from "./ways-of";

// The rules that both a request and its account decide. Each refusal names who caused it, and its fix is what they would
// have to change: a field of the body, a field of PATCH /settings with its page, or both where undoing one would not help.

const PREFERENCES_PAGE = "/settings/preferences";
const PRIVACY_PAGE = "/settings/privacy";

/** Allowed providers: the account's and the request's together, or the account's as a ceiling. */
export const onlyRule: Rule = {
  name: "only",
  message: ({ preferences: { only, accountOnly, lockAllowed } }) => {
    const account = `your account allows ${lockAllowed ? "no others than " : ""}${quoted(accountOnly)} (${PREFERENCES_PAGE})`;
    return `No endpoints found: ${[
      ...(only.length === 0 ? [] : [`provider.only allows ${quoted(only)}`]),
      ...(accountOnly.length === 0 ? [] : [account]),
    ].join(", and ")}`;
  },
  refuse: (endpoint, _model, { preferences: { only, accountOnly, lockAllowed } }) => {
    if (only.length === 0 && accountOnly.length === 0) return undefined;
    const isMeant = (name: string) => matchesProvider(name, endpoint);
    const inOnly = only.some(isMeant);
    const inAccount = accountOnly.some(isMeant);
    if (!lockAllowed && (inOnly || inAccount)) return undefined;

    const byRequest = only.length > 0 && !inOnly;
    const byAccount = !inAccount && (lockAllowed || only.length === 0);
    return bothOf(
      byRequest && {
        reason: "not in the request's list of allowed providers",
        fix: `add "${endpoint.tag}" to provider.only`,
      },
      byAccount && {
        reason: lockAllowed
          ? "not in the account's allowed_providers, to which lock_allowed_providers lets no request add"
          : "not in the account's allowed_providers",
        fix: `add "${endpoint.tag}" to preferences.allowed_providers at ${PREFERENCES_PAGE}`,
      },
    );
  },
};

/** Ignored providers: the account's and the request's together. */
export const ignoreRule: Rule = {
  name: "ignore",
  message: ({ preferences: { ignore, accountIgnore } }) =>
    `No endpoints found: ${[
      ...(ignore.length === 0 ? [] : [`provider.ignore rules out ${quoted(ignore)}`]),
      ...(accountIgnore.length === 0 ? [] : [`your account ignores ${quoted(accountIgnore)} (${PREFERENCES_PAGE})`]),
    ].join(", and ")}`,
  refuse: (endpoint, _model, { preferences: { ignore, accountIgnore } }) => {
    if (ignore.length === 0 && accountIgnore.length === 0) return undefined;
    const isMeant = (name: string) => matchesProvider(name, endpoint);
    const inRequest = ignore.filter(isMeant);
    const inAccount = accountIgnore.filter(isMeant);
    return bothOf(
      inRequest.length > 0 && {
        reason: "in the request's list of ignored providers",
        fix: inRequest.map((name) => `remove "${name}" from provider.ignore`).join("; "),
      },
      inAccount.length > 0 && {
        reason: "in the account's ignored_providers",
        fix: inAccount
          .map((name) => `remove "${name}" from preferences.ignored_providers at ${PREFERENCES_PAGE}`)
          .join("; "),
      },
    );
  },
};

/** Providers that train on prompts, or may store them. */
export const dataCollectionRule: Rule = {
  name: "data_collection",
  message: ({ preferences: { denyTrainingPaid, denyTrainingFree } }) =>
    denyTrainingPaid || denyTrainingFree
      ? `No endpoints found matching your data policy (no training, no storing of prompts). Configure: ${PRIVACY_PAGE}`
      : "No endpoints found matching your data policy (no training, no storing of prompts)",
  refuse: (endpoint, _model, { preferences }) => {
    const setting = forbiddingSetting(endpoint, preferences);
    if (!preferences.denyDataCollection && setting === undefined) return undefined;
    const policy = endpoint.provider.fact.dataPolicy;
    if (policy !== null && !policy.trains && !policy.retainsPrompts) return undefined;

    const what =
      policy === null ? "publishes no data policy" : policy.trains ? "may train on prompts" : "may store prompts";
    const reason = `${endpoint.provider.name} ${what}`;
    return bothOf(
      preferences.denyDataCollection && { reason, fix: 'set provider.data_collection to "allow"' },
      setting !== undefined && {
        reason: `${reason}, and the account's ${setting} is off`,
        fix: `set privacy.${setting} to true at ${PRIVACY_PAGE}`,
      },
    );
  },
};

/** The account's switch that keeps requests from such an endpoint's provider when it trains. */
function forbiddingSetting({ prices }: Endpoint, preferences: RoutePreferences): string | undefined {
  const isFree = prices.prompt === 0n && prices.completion === 0n && prices.request === 0n;
  if (isFree) return preferences.denyTrainingFree ? "allow_training_free" : undefined;
  return preferences.denyTrainingPaid ? "allow_training_paid" : undefined;
}

/** Endpoints that keep nothing. Either side can ask for them, and neither can take that back for the other. */
export const zeroDataRetentionRule: Rule = {
  name: "zdr",
  message: ({ preferences: { accountZeroDataRetention } }) =>
    accountZeroDataRetention
      ? `No endpoints found matching your data policy (zero data retention). Configure: ${PRIVACY_PAGE}`
      : "No endpoints found matching your data policy (zero data retention)",
  refuse: (endpoint, _model, input) => {
    const { zeroDataRetention, accountZeroDataRetention } = input.preferences;
    if (!zeroDataRetention && !accountZeroDataRetention) return undefined;
    // Of an endpoint that nobody has a key for, its own policy decides.
    const isReachable = input.ownWays !== undefined && hasWay(waysOf(endpoint, input));
    const isGood = isReachable
      ? hasWay(allowedWaysOf(endpoint, input))
      : endpoint.provider.fact.dataPolicy?.zeroDataRetention === true;
    if (isGood) return undefined;
    const reason = "not a zero-data-retention endpoint";
    return bothOf(
      zeroDataRetention && { reason, fix: "leave out provider.zdr" },
      accountZeroDataRetention && {
        reason: `${reason}, and the account's zdr is on`,
        fix: `set privacy.zdr to false at ${PRIVACY_PAGE}`,
      },
    );
  },
};

/** What a request and its account say; undoing one of two would not help. */
function bothOf(request: Refusal | false, account: Refusal | false): Refusal | undefined {
  if (request === false) return account === false ? undefined : account;
  if (account === false) return request;
  return { reason: account.reason, fix: `${request.fix}; ${account.fix}` };
}
