import { invalidField } from "@/lib/errors";
import { parseUsd } from "@/lib/money";
import type { UpdateApiKeyRequest } from "@/lib/schemas/api-key";
import type { ApiKeyPatch } from "./store";

/** What a key has when its maker says nothing. */
export const DEFAULT_KEY_SETTINGS = {
  limitNanoUsd: null,
  limitReset: null,
  includeByokInLimit: false,
  expiresAt: null,
} as const;

/**
 * What a request says of a key, in our own terms; what it leaves out is left out here too.
 *
 * Limits are rounded to the nearest nano-dollar, since a client's binary fraction of a dollar seldom is a whole one.
 *
 * @throws AppError `invalid_request` when `expires_at` is not in the future.
 */
export function keySettingsOf(request: UpdateApiKeyRequest, nowMs: number): ApiKeyPatch {
  const { name, disabled, limit, limit_reset, include_byok_in_limit, expires_at } = request;
  return {
    ...(name === undefined ? {} : { name }),
    ...(disabled === undefined ? {} : { disabled }),
    ...(limit === undefined ? {} : { limitNanoUsd: limit === null ? null : parseUsd(limit.toFixed(9)) }),
    ...(limit_reset === undefined ? {} : { limitReset: limit_reset }),
    ...(include_byok_in_limit === undefined ? {} : { includeByokInLimit: include_byok_in_limit }),
    ...(expires_at === undefined ? {} : { expiresAt: expires_at === null ? null : futureTime(expires_at, nowMs) }),
  };
}

function futureTime(time: string, nowMs: number): Date {
  const date = new Date(time);
  if (!(date.getTime() > nowMs)) throw invalidField("expires_at", "must be in the future");
  return date;
}
