"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { signInSchema } from "@/lib/schemas/account";
import type { FormAction } from "./form-result";
import { useFormAction } from "./use-form-action";

export function SignInForm({ action, next }: { action: FormAction; next: string }) {
  const { form, result, isPending, formProps } = useFormAction(signInSchema, { email: "", password: "" }, action);
  const { errors } = form.formState;
  return (
    <form {...formProps} className="grid gap-5">
      {result.message !== undefined && <Notice tone="danger">{result.message}</Notice>}
      <input type="hidden" name="next" value={next} />
      <TextField
        label="E-mail"
        type="email"
        inputMode="email"
        autoComplete="email"
        error={errors.email?.message}
        {...form.register("email")}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        error={errors.password?.message}
        {...form.register("password")}
      />
      <Button type="submit" variant="primary" busy={isPending}>
        Sign in
      </Button>
    </form>
  );
}
