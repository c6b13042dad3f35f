import "server-only";
import { processState } from "@/lib/process-state";
import type { Endpoint } from "@/lib/schemas/endpoint";
import type { Adapter, Connection } from "./types";

/** How a provider is reached with the installation's own keys. */
export type ProviderAccess = {
  adapter: Adapter;
  /** Used in turn. */
  connections: readonly [Connection, ...Connection[]];
  sandbox: boolean;
};

export type AccessTable = ReadonlyMap<string, ProviderAccess>;

/** The access table of this process. */
export function accessState(): { table: AccessTable; turn: number } {
  return processState("provider-access", () => ({ table: new Map<string, ProviderAccess>(), turn: 0 }));
}

/** Whether some connection leads to the endpoint. */
export function canReach(table: AccessTable, endpoint: Endpoint): boolean {
  const access = table.get(endpoint.provider.slug);
  return access !== undefined && reaches(access, endpoint);
}

/** Whether one of the ways to a provider leads to the endpoint. */
export function reaches({ connections }: ProviderAccess, endpoint: Endpoint): boolean {
  return connections.some((connection) => leadsTo(connection, endpoint));
}

/** The next of a provider's connections that leads to the endpoint. */
export function nextConnectionOf({ connections }: ProviderAccess, endpoint: Endpoint): Connection | undefined {
  const [first] = connections;
  if (connections.length === 1) return leadsTo(first, endpoint) ? first : undefined;
  const usable = connections.filter((connection) => leadsTo(connection, endpoint));
  const state = accessState();
  state.turn = (state.turn + 1) % 1_000_000;
  return usable[state.turn % usable.length];
}

function leadsTo({ serves }: Connection, { modelId, upstreamId, fact }: Endpoint): boolean {
  return serves === undefined || serves({ modelId, upstreamId, region: fact.region });
}
