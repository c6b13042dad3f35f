import "server-only";
import { processState } from "@/lib/process-state";
import { variablePrefixOf } from "@/lib/provider-variable";
import type { Protocol, ProviderFact } from "@/lib/schemas/catalog";
import { findAdapter } from "./registry";
import type { Adapter } from "./types";

/** How a provider is reached with the installation's own keys. */
export type ProviderAccess = {
  adapter: Adapter;
  /** Without a slash at its end. */
  baseUrl: string;
  /** Used in turn. */
  apiKeys: readonly [string, ...string[]];
  sandbox: boolean;
};

export type AccessTable = ReadonlyMap<string, ProviderAccess>;

type Variables = Readonly<Record<string, string | undefined>>;

const SANDBOX_KEY = "sandbox";

/** Providers that the operator configured with a key, or with an address of their own that needs none. */
export function buildLiveAccess(providers: Iterable<ProviderFact>, variables: Variables): Map<string, ProviderAccess> {
  const table = new Map<string, ProviderAccess>();
  for (const provider of providers) {
    const access = liveAccessOf(provider, variables);
    if (access !== undefined) table.set(provider.slug, access);
  }
  return table;
}

/** The sandbox stands in for every hosted provider that is not configured. */
export function buildSandboxAccess(providers: Iterable<ProviderFact>, sandboxUrl: string): Map<string, ProviderAccess> {
  const table = new Map<string, ProviderAccess>();
  for (const provider of providers) {
    if (provider.kind === "local") continue;
    // It speaks three protocols; a provider of another one is played in OpenAI's.
    const adapter = findAdapter(provider.protocol) ?? requireAdapter("openai-compatible");
    table.set(provider.slug, {
      adapter,
      baseUrl: `${sandboxUrl}/${provider.slug}`,
      apiKeys: [SANDBOX_KEY],
      sandbox: true,
    });
  }
  return table;
}

/**
 * Why a provider cannot be called although it has a key: what is missing, for people. `undefined` when nothing of it is
 * configured, or nothing is missing.
 */
export function explainUnconfigured(
  provider: ProviderFact,
  variables: Variables,
): { reason: string; fix: string } | undefined {
  const { firstKey, ownBaseUrl } = settingsOf(provider, variables);
  if (firstKey === undefined || ownBaseUrl !== undefined || liveAccessOf(provider, variables) !== undefined)
    return undefined;
  const variable = `${variablePrefixOf(provider.slug)}_BASE_URL`;
  return findAdapter(provider.protocol) === undefined
    ? {
        reason: `${provider.name} has a key, but its protocol (${provider.protocol}) is not spoken yet`,
        fix: `set ${variable} to an address of it that is OpenAI-compatible`,
      }
    : { reason: `${provider.name} has a key, but its address is not known`, fix: `set ${variable}` };
}

function settingsOf(provider: ProviderFact, variables: Variables) {
  const prefix = variablePrefixOf(provider.slug);
  const names = [`${prefix}_API_KEY`, ...provider.keyVariables.filter((name) => /_(API_KEY|KEY|TOKEN)$/.test(name))];
  const keys = firstOf(names, variables)
    ?.split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
  const ownBaseUrl = firstOf(
    [`${prefix}_BASE_URL`, ...names.map((name) => name.replace(/_API_KEY$/, "_BASE_URL"))],
    variables,
  );
  const [firstKey, ...otherKeys] = keys ?? [];
  return { firstKey, otherKeys, ownBaseUrl };
}

function liveAccessOf(provider: ProviderFact, variables: Variables): ProviderAccess | undefined {
  const { firstKey, otherKeys, ownBaseUrl } = settingsOf(provider, variables);
  if (firstKey === undefined && ownBaseUrl === undefined) return undefined;
  const baseUrl = ownBaseUrl ?? filledIn(provider.baseUrl, variables);
  // An operator's own address for a provider whose protocol we do not speak is taken to be OpenAI-compatible.
  const adapter =
    findAdapter(provider.protocol) ?? (ownBaseUrl === undefined ? undefined : requireAdapter("openai-compatible"));
  if (baseUrl === undefined || adapter === undefined) return undefined;
  return { adapter, baseUrl: baseUrl.replace(/\/+$/, ""), apiKeys: [firstKey ?? "", ...otherKeys], sandbox: false };
}

function requireAdapter(protocol: Protocol): Adapter {
  const adapter = findAdapter(protocol);
  if (adapter === undefined) throw new Error(`no adapter for ${protocol}`);
  return adapter;
}

function firstOf(names: readonly string[], variables: Variables): string | undefined {
  return names.map((name) => variables[name]).find((value) => value !== undefined && value !== "");
}

/** Fills `${VARIABLE}` placeholders; `undefined` when one of them is not set. */
function filledIn(template: string | undefined, variables: Variables): string | undefined {
  let complete = true;
  const url = template?.replace(/\$\{(\w+)\}/g, (_match, name: string) => {
    const value = variables[name];
    if (value === undefined || value === "") complete = false;
    return value ?? "";
  });
  return complete ? url : undefined;
}

/** The access table of this process. */
export function accessState(): { table: AccessTable; turn: number } {
  return processState("provider-access", () => ({ table: new Map<string, ProviderAccess>(), turn: 0 }));
}

/** The next of a provider's keys. */
export function nextKeyOf(access: ProviderAccess): string {
  const state = accessState();
  state.turn = (state.turn + 1) % 1_000_000;
  return access.apiKeys[state.turn % access.apiKeys.length] ?? access.apiKeys[0];
}
