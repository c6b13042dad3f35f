import { z } from "zod";
import { createApiKeyRequestSchema } from "@/lib/schemas/api-key";

const AMOUNT = /^\d+(\.\d+)?$/;

const typedSchema = z.object({
  name: z.string(),
  limit: z.string().trim(),
  limit_reset: z.string(),
  include_byok_in_limit: z.boolean(),
  /** A day, as `<input type="date">` gives it. */
  expires_at: z.string(),
});
export type TypedApiKey = z.infer<typeof typedSchema>;

/**
 * What is typed into the form, turned into the request that the API validates: same rules, same words.
 *
 * @param lastDay that the key has already; it may be over, and stay so.
 */
export function apiKeyFormSchema(lastDay = "") {
  return typedSchema.transform((typed, context) => {
    const hasLimit = AMOUNT.test(typed.limit);
    const expiry = typed.expires_at === "" ? null : endOfDay(typed.expires_at);
    const complain = (field: string, message: string) =>
      context.issues.push({ code: "custom", path: [field], message, input: typed });

    const parsed = createApiKeyRequestSchema.safeParse({
      name: typed.name,
      limit: hasLimit ? Number(typed.limit) : null,
      limit_reset: hasLimit && typed.limit_reset !== "" ? typed.limit_reset : null,
      include_byok_in_limit: typed.include_byok_in_limit,
      expires_at: expiry?.toISOString() ?? null,
    });
    for (const issue of parsed.error?.issues ?? []) complain(issue.path.join("."), issue.message);
    if (typed.limit !== "" && !hasLimit) complain("limit", "must be an amount in USD, such as 5 or 0.50");
    if (typed.limit === "" && typed.limit_reset !== "") complain("limit", "must be given for it to start anew");
    if (expiry !== null && typed.expires_at !== lastDay && expiry.getTime() <= Date.now())
      complain("expires_at", "must not be in the past");
    return parsed.data ?? z.NEVER;
  });
}

/** A key that expires on a day works until that day is over for the person who said so. */
function endOfDay(day: string): Date {
  return new Date(`${day}T23:59:59`);
}
