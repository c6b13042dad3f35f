import "server-only";
import { request } from "undici";
import { ForbiddenAddress, guardedAgent } from "./guarded-agent";

/** Why an address gave nothing. The message is fit for the user who gave it. */
export class FetchFailure extends Error {
  readonly kind: "forbidden" | "too-large" | "unreachable";

  constructor(kind: FetchFailure["kind"], message: string) {
    super(message);
    this.name = "FetchFailure";
    this.kind = kind;
  }
}

export type FetchLimits = {
  maxBytes: number;
  /** For everything, redirects included. */
  timeoutMs: number;
  /** Fires when nobody wants it any more. */
  signal?: AbortSignal;
  /** Follow no redirect to another host: only this one was allowed. The `www.` of a name makes no other host. */
  isOneHost?: boolean;
};

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches what a user's address leads to: over http(s), from public hosts only, with no credentials of anybody, within
 * limits of size and time. Each redirect is checked like the first address.
 *
 * @throws FetchFailure
 */
export async function fetchPublic(address: string, limits: FetchLimits): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const signal = limits.signal === undefined ? timeout : AbortSignal.any([timeout, limits.signal]);
  let url = checked(address, undefined);
  try {
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const { statusCode, headers, body } = await request(url, {
        dispatcher: guardedAgent(),
        // Some hosts refuse clients without a name. Compression is refused: what it unfolds to could be of any size.
        headers: { "user-agent": "Signalbox", accept: "*/*", "accept-encoding": "identity" },
        signal,
      });
      const next = REDIRECTS.has(statusCode) ? headers.location : undefined;
      if (typeof next === "string") {
        body.on("error", () => undefined).destroy();
        const following = checked(next, url);
        if (limits.isOneHost === true && siteOf(following) !== siteOf(url)) {
          throw new FetchFailure("forbidden", `leads to another host, to ${following.href}`);
        }
        url = following;
        continue;
      }
      if (statusCode !== 200) {
        body.on("error", () => undefined).destroy();
        throw new FetchFailure("unreachable", `answered with status ${statusCode}`);
      }
      return await readWithin(body, Number(headers["content-length"]), limits.maxBytes);
    }
    throw new FetchFailure("unreachable", "redirects too often");
  } catch (error) {
    throw failureOf(error, timeout, limits.timeoutMs);
  }
}

/** @throws FetchFailure for an address that is none, or of another protocol */
function checked(address: string, base: URL | undefined): URL {
  const url = URL.canParse(address, base?.href) ? new URL(address, base?.href) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new FetchFailure("forbidden", "is not an http(s) address");
  }
  // A name and a password in it would go to whoever it leads to.
  url.username = "";
  url.password = "";
  return url;
}

function siteOf({ host }: URL): string {
  return host.replace(/^www\./, "");
}

async function readWithin(
  body: AsyncIterable<Buffer> & { destroy(): void },
  declaredBytes: number,
  maxBytes: number,
): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  // Leaving the loop closes the connection.
  for await (const piece of body) {
    size += piece.length;
    if (size > maxBytes || declaredBytes > maxBytes) {
      throw new FetchFailure("too-large", `is larger than ${Math.floor(maxBytes / 1_048_576)} MB`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function failureOf(error: unknown, timeout: AbortSignal, timeoutMs: number): FetchFailure {
  if (error instanceof FetchFailure) return error;
  if (error instanceof ForbiddenAddress) return new FetchFailure("forbidden", "does not lead to a public host");
  if (timeout.aborted) return new FetchFailure("unreachable", `did not arrive within ${timeoutMs} ms`);
  return new FetchFailure("unreachable", "cannot be reached");
}
