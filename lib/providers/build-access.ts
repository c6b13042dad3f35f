import "server-only";
import { readFileSync } from "node:fs";
import { variablePrefixOf } from "@/lib/provider-variable";
import type { ProviderFact } from "@/lib/schemas/catalog";
import { connectPlainly } from "./connect-plainly";
import type { ProviderAccess } from "./provider-access";
import { adapterOf } from "./registry";
import type { Adapter, Connected, Connection } from "./types";

type Variables = Readonly<Record<string, string | undefined>>;

const SANDBOX_KEY = "sandbox";
/** What addresses of some protocols are made of; any will do. */
const SANDBOX_SETTINGS = { project: "sandbox", region: "us-east-1", usualApiVersion: "2025-04-01-preview" };

/** Providers that the operator configured with a key, or with an address of their own that needs none. */
export function buildLiveAccess(providers: Iterable<ProviderFact>, variables: Variables): Map<string, ProviderAccess> {
  const table = new Map<string, ProviderAccess>();
  for (const provider of providers) {
    // Whether a server on this machine or beside it is there shows when it is asked.
    if (provider.kind === "local") continue;
    const adapter = adapterOf(provider.protocol);
    const connected = connectFromEnvironment(provider, adapter, variables);
    if (connected.kind === "connected") {
      table.set(provider.slug, { adapter, connections: connected.connections, sandbox: false });
    }
  }
  return table;
}

/** The sandbox stands in for every hosted provider that is not configured. */
export function buildSandboxAccess(providers: Iterable<ProviderFact>, sandboxUrl: string): Map<string, ProviderAccess> {
  const table = new Map<string, ProviderAccess>();
  for (const { kind, protocol, slug } of providers) {
    // A model that is sold on by somebody else is played as its own provider already.
    if (kind !== "hosted") continue;
    table.set(slug, {
      adapter: adapterOf(protocol),
      connections: [{ baseUrl: `${sandboxUrl}/${slug}`, apiKey: SANDBOX_KEY, settings: SANDBOX_SETTINGS }],
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
  const connected = connectFromEnvironment(provider, adapterOf(provider.protocol), variables);
  if (connected.kind !== "refused") return undefined;
  return { reason: `${provider.name} has a key, but ${connected.problem}`, fix: fixOf(provider, connected.field) };
}

/** The operator's own address for a provider, without a slash at its end; `undefined`: the catalog's is good. */
export function operatorsAddressOf(provider: ProviderFact, variables: Variables): string | undefined {
  const names = [`${variablePrefixOf(provider.slug)}_BASE_URL`, ...customaryAddresses(provider)];
  return firstOf(names, variables)?.replace(/\/+$/, "");
}

function fixOf({ slug }: ProviderFact, field: string | undefined): string {
  return `set ${field ?? `${variablePrefixOf(slug)}_BASE_URL`}`;
}

function connectFromEnvironment(provider: ProviderFact, adapter: Adapter, variables: Variables): Connected {
  const names = [`${variablePrefixOf(provider.slug)}_API_KEY`, ...provider.keyVariables];
  const own = operatorsAddressOf(provider, variables);
  const baseUrl = own ?? provider.baseUrl;
  const connect = adapter.connect ?? connectPlainly;

  const connections: Connection[] = [];
  for (const credential of credentialsOf(names, variables)) {
    const connected = connect({ credential, baseUrl, variables });
    if (connected.kind !== "connected") return connected;
    connections.push(...connected.connections);
  }
  const [first, ...others] = connections;
  if (first !== undefined) return { kind: "connected", connections: [first, ...others] };
  // Without a credential: an address that wants none, or what a provider reads from variables of its own.
  if (own === undefined && adapter.connect === undefined) return { kind: "absent" };
  return connect({ credential: "", baseUrl: own ?? provider.baseUrl, variables });
}

/**
 * Names of addresses that go with customary names of keys: `GEMINI_BASE_URL` with `GEMINI_API_KEY`. Not those that are
 * said to be somebody else's: Ollama's cloud shares its key's name with the server that people run themselves.
 */
function customaryAddresses({ keyVariables, foreignVariables = [] }: ProviderFact): readonly string[] {
  const names = keyVariables.flatMap((name) =>
    name.endsWith("_API_KEY") ? [name.replace(/_API_KEY$/, "_BASE_URL")] : [],
  );
  return names.filter((name) => !foreignVariables.includes(name));
}

/** Several keys are separated by commas; what is JSON is one credential. */
function credentialsOf(names: readonly string[], variables: Variables): readonly string[] {
  const name = names.find((known) => (variables[known] ?? "") !== "");
  if (name === undefined) return [];
  const value = variables[name]?.trim() ?? "";
  const text = name.endsWith("_CREDENTIALS") && !isJson(value) ? (readText(value) ?? "") : value;
  if (isJson(text)) return [text];
  return text.split(",").flatMap((key) => (key.trim() === "" ? [] : [key.trim()]));
}

function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** The text of a file that a variable names; `undefined` when it cannot be read. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Said as a missing credential by whoever needs it; a path is no secret, but its content might be.
    return undefined;
  }
}

function firstOf(names: readonly string[], variables: Variables): string | undefined {
  return names.map((name) => variables[name]).find((value) => value !== undefined && value !== "");
}
