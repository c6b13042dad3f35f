import { type CreditGrant, type CreditGrantRequest, creditGrantSchema } from "@/lib/schemas/credit-grant";
import { fetchJson } from "./fetch-json";

/** Gives credits to somebody's account; the same reference gives them once. For administrators. */
export function grantCredits(request: CreditGrantRequest): Promise<CreditGrant> {
  return fetchJson("/api/internal/credit-grants", { method: "POST", body: request, schema: creditGrantSchema });
}
