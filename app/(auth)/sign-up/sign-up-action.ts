"use server";

import { redirect } from "next/navigation";
import type { FormResult } from "@/components/auth/form-result";
import { grantCredits } from "@/lib/billing/ledger";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { signIn } from "@/lib/identity/auth";
import { consumeSignInAttempt, returnSignInAttempt } from "@/lib/identity/sign-in-limit";
import { createUser } from "@/lib/identity/users";
import { parseUsd } from "@/lib/money";
import { type SignUp, signUpSchema } from "@/lib/schemas/account";
import { clientAddress } from "../../client-address";
import { fieldErrors } from "../field-errors";
import { nextPath } from "../next-path";

export async function signUpAction(_previous: FormResult, form: FormData): Promise<FormResult> {
  const parsed = signUpSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { fields: fieldErrors(parsed.error) };
  const { email, password } = parsed.data;
  try {
    await openAccount(parsed.data);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.metadata?.field === "email") return { fields: { email: error.message } };
    return { message: error.message };
  }
  await signIn("credentials", { email, password, redirect: false });
  redirect(nextPath(form.get("next"), "/welcome"));
}

/** Refused attempts count as attempts to sign in, or this form would tell without limit who has an account. */
async function openAccount(signUp: SignUp): Promise<void> {
  const address = await clientAddress();
  await consumeSignInAttempt(signUp.email, address);
  const user = await createUser(signUp);
  await returnSignInAttempt(signUp.email, address);
  await grantCredits({
    accountId: user.accountId,
    kind: "bonus",
    amountNanoUsd: parseUsd(env().NEW_ACCOUNT_CREDITS),
    reference: `allowance:${user.accountId}`,
    note: "New account",
  });
}
