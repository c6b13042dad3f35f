import type { ApiKey, CreateApiKeyRequest, UpdateApiKeyRequest } from "@/lib/schemas/api-key";
import type { TypedApiKey } from "./api-key-form-schema";

export const NEW_KEY: TypedApiKey = {
  name: "",
  limit: "",
  limit_reset: "",
  include_byok_in_limit: false,
  expires_at: "",
};

/** A key as it stands in the form. */
export function typedApiKey(key: ApiKey): TypedApiKey {
  return {
    name: key.name,
    limit: key.limit === null ? "" : plainDecimal(key.limit),
    limit_reset: key.limit_reset ?? "",
    include_byok_in_limit: key.include_byok_in_limit,
    expires_at: key.expires_at === null ? "" : localDay(new Date(key.expires_at)),
  };
}

/** What to send when only some fields were touched: the others may have been set to what the form cannot say. */
export function changesOf(
  request: CreateApiKeyRequest,
  touched: Readonly<Partial<Record<keyof TypedApiKey, boolean>>>,
): UpdateApiKeyRequest {
  const { name, limit, limit_reset, include_byok_in_limit, expires_at } = request;
  return {
    ...(touched.name ? { name } : {}),
    // A limit that is taken away takes its reset with it.
    ...(touched.limit ? { limit, limit_reset } : {}),
    ...(touched.limit_reset ? { limit_reset } : {}),
    ...(touched.include_byok_in_limit ? { include_byok_in_limit } : {}),
    ...(touched.expires_at ? { expires_at } : {}),
  };
}

/** Written out: JavaScript's own text of a small number has an exponent. */
function plainDecimal(amount: number): string {
  return amount.toFixed(9).replace(/\.?0+$/, "");
}

function localDay(moment: Date): string {
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
}
