import { failureCauseOf } from "./failure-cause";
import { isRecord, type JsonRecord, parseJson } from "./json";
import type { UpstreamFailure } from "./types";

export const MAX_FAILURE_MESSAGE_CHARS = 1_000;

/** What a provider's error says of itself; absent where it says nothing. */
export type ErrorFields = { message?: string; code?: string; status?: number };

/** Status of an error that arrives without one: the provider broke, not the request. */
const UNKNOWN_FAILURE_STATUS = 502;

const REMOVED = "[removed]";

// Providers quote the key they refuse, whole or shortened with asterisks, and URLs with the key in the query.
const SECRET_PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REMOVED],
  [/\b(bearer|basic)\s+[\w.~+/=*-]{6,}/gi, `$1 ${REMOVED}`],
  [/\b(?:sk|pk|rk|gsk|csk|xai|nvapi|pplx|hf|r8|fw|tgp|key)[-_](?=[\w.*-]*[\d*])[\w.*-]{6,}/gi, REMOVED],
  [/\b(?:AIza|ya29\.|AKIA|ASIA|eyJ)[\w.*-]{10,}/g, REMOVED],
  [/\b((?:[\w-]*api[ _-]?key|access[_-]?token|client[_-]?secret|secret|password|key)=)[^\s&"'<>]+/gi, `$1${REMOVED}`],
  [
    /(\b(?:[\w-]*api[ _-]?key|token|secret|password)\b[^:=\n]{0,20}:\s*["']?)(?=[^\s"']*\d)[^\s"',]{8,}/gi,
    `$1${REMOVED}`,
  ],
  [/(:\/\/)[^\s/@]+@/g, `$1${REMOVED}@`],
];

/** The text without anything that looks like a key, a token or a password. */
export function scrubSecrets(text: string): string {
  return SECRET_PATTERNS.reduce((scrubbed, [pattern, replacement]) => scrubbed.replace(pattern, replacement), text);
}

/** A provider's text made fit to log and to show: no secrets, one line, at most {@link MAX_FAILURE_MESSAGE_CHARS}. */
export function cleanMessage(text: string): string {
  // Cut generously first, so that the patterns never run over megabytes of somebody's error page.
  const line = scrubSecrets(text.slice(0, 8 * MAX_FAILURE_MESSAGE_CHARS))
    .replace(/\s+/g, " ")
    .trim();
  return line.length <= MAX_FAILURE_MESSAGE_CHARS ? line : `${line.slice(0, MAX_FAILURE_MESSAGE_CHARS - 1)}…`;
}

/** A failure from what was read of an error; without a status the provider is at fault. */
export function failureOf(fields: ErrorFields): UpstreamFailure {
  const message = cleanMessage(fields.message ?? "");
  const status = fields.status ?? UNKNOWN_FAILURE_STATUS;
  const cause = failureCauseOf(status, fields.code, message);
  return {
    status,
    providerCode: fields.code === undefined ? undefined : cleanMessage(fields.code),
    message: message === "" ? "The provider gave no reason" : message,
    ...(cause === undefined ? {} : { cause }),
  };
}

/**
 * Reads the body of a refusal, whatever it is: JSON in the protocol's shape, JSON in another, text, a proxy's HTML page.
 * The HTTP status stands unless `read` gives a better one.
 */
export function readFailure(
  status: number,
  body: string,
  read: (json: JsonRecord) => ErrorFields | undefined,
): UpstreamFailure {
  const json = parseJson(body);
  // Gemini wraps the error of a streaming call in an array.
  const record = Array.isArray(json) ? json.find(isRecord) : json;
  const fields = isRecord(record) ? (read(record) ?? {}) : { message: visibleText(body) };
  return failureOf({ status, ...fields });
}

function visibleText(body: string): string {
  if (!body.trimStart().startsWith("<")) return body;
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1];
  return title ?? body.replace(/<(script|style)[\s\S]*?<\/\1>/gi, " ").replace(/<[^>]*>/g, " ");
}
