import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import { cleanMessage } from "../failure";
import { isRecord, parseJson, textOf } from "../json";
import { postForm } from "../post-form";
import { UpstreamError } from "../types";

export type ServiceAccount = {
  email: string;
  /** PEM. */
  privateKey: string;
  keyId: string | undefined;
  tokenUrl: string;
};

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const LIFETIME_SECONDS = 3_600;
/** A token that ends sooner is not used any more. */
const MIN_LEFT_MS = 30_000;
/** A token that ends sooner is used while the next one is fetched, so that no request waits for it. */
const RENEW_BEFORE_MS = 300_000;

/** The token that stands for a service account: fetched when first needed, then renewed before it ends. */
export class AccessToken {
  readonly #account: ServiceAccount;
  #token: { text: string; endsAtMs: number } | undefined;
  #fetching: Promise<string> | undefined;

  constructor(account: ServiceAccount) {
    this.#account = account;
  }

  /** At once where there is one that holds. @throws UpstreamError (rejects) when none can be had. */
  current(nowMs = Date.now()): string | Promise<string> {
    const leftMs = (this.#token?.endsAtMs ?? 0) - nowMs;
    if (this.#token === undefined || leftMs < MIN_LEFT_MS) return this.#fetch();
    // Whether it failed shows when the old one has ended; until then nobody needs to know.
    if (leftMs < RENEW_BEFORE_MS) this.#fetch().catch(() => undefined);
    return this.#token.text;
  }

  /** One request for all who wait. */
  #fetch(): Promise<string> {
    this.#fetching ??= fetchToken(this.#account)
      .then((token) => {
        this.#token = token;
        return token.text;
      })
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }
}

async function fetchToken(account: ServiceAccount): Promise<{ text: string; endsAtMs: number }> {
  const nowMs = Date.now();
  const assertion = await assertionOf(account, Math.floor(nowMs / 1_000));
  const { status, body } = await postForm(account.tokenUrl, {
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    assertion,
  });
  const json = parseJson(body);
  const text = isRecord(json) ? textOf(json.access_token) : undefined;
  if (status >= 200 && status < 300 && isRecord(json) && text !== undefined) {
    const seconds = typeof json.expires_in === "number" ? json.expires_in : LIFETIME_SECONDS;
    return { text, endsAtMs: nowMs + seconds * 1_000 };
  }
  const said = isRecord(json) ? (textOf(json.error_description) ?? textOf(json.error)) : undefined;
  const message = cleanMessage(`the service account was refused a token${said === undefined ? "" : `: ${said}`}`);
  // It is our credential that is at fault, or Google: never the caller's request.
  throw new UpstreamError({ status: status >= 500 ? 502 : 401, providerCode: undefined, message, quoted: true });
}

function assertionOf({ email, privateKey, keyId, tokenUrl }: ServiceAccount, nowSeconds: number): Promise<string> {
  return new SignJWT({ scope: SCOPE })
    .setProtectedHeader({ alg: "RS256", typ: "JWT", ...(keyId === undefined ? {} : { kid: keyId }) })
    .setIssuer(email)
    .setSubject(email)
    .setAudience(tokenUrl)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + LIFETIME_SECONDS)
    .sign(createPrivateKey(privateKey));
}
