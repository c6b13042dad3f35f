import type { Caller } from "@/lib/schemas/caller";
import type { ClientSignal } from "./client-signal";

/**
 * A request as the pipeline sees it: neither Next's nor Node's. Both doors make one of these.
 */
export type GatewayRequest = {
  method: string;
  /** Decoded nowhere: as it came, without the query. */
  path: string;
  query: URLSearchParams;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The raw body; empty when there is none. */
  body: Uint8Array;
  /** Fires when the client goes away. */
  signal: ClientSignal;
  /** When the request arrived, ms since 1970. */
  receivedMs: number;
};

export type GatewayBody = string | Uint8Array | AsyncIterable<string>;

export type GatewayResponse = {
  status: number;
  headers: Record<string, string>;
  body: GatewayBody;
};

export function jsonResponse(status: number, value: unknown, headers: Record<string, string> = {}): GatewayResponse {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

/** One public operation for an authenticated caller. @throws AppError for every refusal. */
export type Operation = (
  request: GatewayRequest,
  parameters: Readonly<Record<string, string>>,
  caller: Caller,
) => Promise<GatewayResponse>;

/** One public operation that anybody may call. @throws AppError for every refusal. */
export type OpenOperation = (
  request: GatewayRequest,
  parameters: Readonly<Record<string, string>>,
) => Promise<GatewayResponse>;
