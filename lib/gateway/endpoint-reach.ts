import { accessState, canReach } from "@/lib/providers/provider-access";
import { hasWay, waysOf } from "@/lib/routing/ways-of";
import type { Endpoint } from "@/lib/schemas/endpoint";
import type { ResolvedRequest } from "./resolve-request";

/** Whether there is a key that leads to an endpoint. */
export type Reach = (endpoint: Endpoint) => boolean;

/** Tells whether anybody has a key that leads to an endpoint: the operator, or the caller's account. */
export function endpointReach({ ownWays }: Pick<ResolvedRequest, "ownWays">): Reach {
  const { table } = accessState();
  const isConfigured = (endpoint: Endpoint) => canReach(table, endpoint);
  if (ownWays === undefined) return isConfigured;
  return (endpoint) => hasWay(waysOf(endpoint, { isConfigured, ownWays }));
}
