import { z } from "zod";
import { createApiKeyRequestSchema } from "@/lib/schemas/api-key";

const AMOUNT = /^\d+(\.\d+)?$/;

/** What is typed into the form, turned into the request that the API validates: same rules, same words. */
export const apiKeyFormSchema = z
  .object({
    name: z.string(),
    limit: z
      .string()
      .trim()
      .refine((text) => text === "" || AMOUNT.test(text), "must be an amount in USD, such as 5 or 0.50"),
    limit_reset: z.string(),
    /** A day, as `<input type="date">` gives it. */
    expires_at: z
      .string()
      .refine((day) => day === "" || endOfDay(day).getTime() > Date.now(), "must not be in the past"),
  })
  .transform(({ name, limit, limit_reset, expires_at }): unknown => ({
    name,
    limit: limit === "" ? null : Number(limit),
    limit_reset: limit === "" || limit_reset === "" ? null : limit_reset,
    expires_at: expires_at === "" ? null : endOfDay(expires_at).toISOString(),
  }))
  .pipe(createApiKeyRequestSchema);

/** A key that expires on a day works until that day is over for the person who said so. */
function endOfDay(day: string): Date {
  return new Date(`${day}T23:59:59`);
}
