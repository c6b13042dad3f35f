import { z } from "zod";
import { emailSchema } from "./account";

const MAX_USD = 1_000_000;

/** An amount of USD as it is typed: exact, down to the nano-dollar in which the ledger counts. */
const amountSchema = z
  .string("must be an amount in USD, such as 25 or 0.50")
  .trim()
  .regex(/^\d{1,9}(\.\d{1,9})?$/, "must be an amount in USD with at most nine decimals, such as 25 or 0.50")
  .refine((amount) => /[1-9]/.test(amount), "must be more than 0")
  .refine((amount) => Number(amount) <= MAX_USD, `must be at most ${MAX_USD.toLocaleString("en-US")}`);

/** Credits that an administrator gives to somebody's account. */
export const creditGrantRequestSchema = z.object({
  email: emailSchema,
  amount: amountSchema,
  note: z
    .string("must say what it is for")
    .trim()
    .min(1, "must say what it is for")
    .max(200, "must have at most 200 characters")
    .regex(/^\P{Cc}*$/u, "must not hold control characters"),
  /** Made by whoever asks, so that a request that is sent twice grants once. */
  reference: z.string().regex(/^[0-9a-f]{32}$/, "must be 32 hexadecimal digits"),
});
export type CreditGrantRequest = z.infer<typeof creditGrantRequestSchema>;

export const creditGrantSchema = z.object({
  email: z.string(),
  /** Exact decimals. */
  amountUsd: z.string(),
  balanceUsd: z.string(),
});
export type CreditGrant = z.infer<typeof creditGrantSchema>;
