import "server-only";
import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { env } from "@/lib/env";
import { processState } from "@/lib/process-state";
import { isPublicAddress } from "./is-public-address";

/** An address that a user gave leads to a host that must not be reached for one. */
export class ForbiddenAddress extends Error {
  constructor() {
    super("the address does not lead to a public host");
    this.name = "ForbiddenAddress";
  }
}

/**
 * Connections for addresses that users give: to public hosts only, and to those that `FETCH_ALLOW_HOSTS` names.
 *
 * The check is in the connection itself, after the name was resolved, and the address that was checked is the one that is
 * connected to: no redirect goes around it, and no name that changes its address between check and use.
 */
export function guardedAgent(): Agent {
  return processState("guarded-agent", () => {
    const { UPSTREAM_CONNECT_TIMEOUT_MS, FETCH_ALLOW_HOSTS } = env();
    const allowed = new Set(FETCH_ALLOW_HOSTS);
    const timeout = UPSTREAM_CONNECT_TIMEOUT_MS;
    const connectFreely = buildConnector({ timeout });
    const connectGuarded = buildConnector({ timeout, lookup: lookupPublic });
    return new Agent({
      connect: (options, callback) => {
        const host = options.hostname.replace(/^\[|\]$/g, "").toLowerCase();
        if (allowed.has(host) || allowed.has(`${host}:${options.port}`)) return connectFreely(options, callback);
        // An address as it is needs no lookup, and gets none.
        if (isIP(host) !== 0 && !isPublicAddress(host)) return callback(new ForbiddenAddress(), null);
        return connectGuarded(options, callback);
      },
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 10_000,
      pipelining: 1,
    });
  });
}

/** Refuses a name as soon as one of its addresses is not public: which one is taken must not decide. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const isPublic = addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));
    if (!isPublic) return callback(new ForbiddenAddress(), []);
    if (options.all === true) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first?.address ?? "", first?.family);
  });
};
