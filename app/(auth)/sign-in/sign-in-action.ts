"use server";

import { redirect } from "next/navigation";
import { CredentialsSignin } from "next-auth";
import type { FormResult } from "@/components/auth/form-result";
import { SignInLimited, signIn } from "@/lib/identity/auth";
import { signInSchema } from "@/lib/schemas/account";
import { fieldErrors } from "../field-errors";
import { nextPath } from "../next-path";

export async function signInAction(_previous: FormResult, form: FormData): Promise<FormResult> {
  const parsed = signInSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { fields: fieldErrors(parsed.error) };
  try {
    await signIn("credentials", { ...parsed.data, redirect: false });
  } catch (error) {
    if (error instanceof SignInLimited) {
      const minutes = Math.ceil(error.retryAfterSeconds / 60);
      return { message: `Too many attempts. Try again in ${minutes} min.` };
    }
    if (error instanceof CredentialsSignin) return { message: "E-mail address or password is wrong." };
    throw error;
  }
  redirect(nextPath(form.get("next")));
}
