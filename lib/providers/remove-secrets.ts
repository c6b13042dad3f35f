import type { UpstreamFailure } from "./types";

/** Headers that prove who is asking. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  "authorization",
  "x-api-key",
  "api-key",
  "x-goog-api-key",
  "x-amz-security-token",
]);
/** Shorter ones are words of the language as well, and no keys of a real provider. */
const MIN_SECRET_CHARS = 8;
const REMOVED = "[removed]";

/**
 * The failure without the very secrets that were sent with its request, whatever they look like: many providers quote
 * the key that they refuse. What merely looks like a secret was removed when the failure was read.
 */
export function withoutSecrets(
  failure: UpstreamFailure,
  sentHeaders: Readonly<Record<string, string>>,
): UpstreamFailure {
  const secrets = Object.entries(sentHeaders).flatMap(([name, value]) =>
    SECRET_HEADERS.has(name.toLowerCase()) ? secretsIn(value) : [],
  );
  const removed = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, REMOVED), text);
  const { message, providerCode } = failure;
  return {
    ...failure,
    message: removed(message),
    providerCode: providerCode === undefined ? undefined : removed(providerCode),
  };
}

/** The value without the word for its scheme; of a signature, who signed and the signature. */
function secretsIn(value: string): string[] {
  const signed = /Credential=([^/,\s]+).*Signature=(\w+)/i.exec(value);
  const found = signed === null ? [value.replace(/^\w+\s+/, "")] : signed.slice(1);
  return found.filter((secret) => secret.length >= MIN_SECRET_CHARS);
}
