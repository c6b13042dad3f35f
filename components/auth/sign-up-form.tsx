"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { signUpSchema } from "@/lib/schemas/account";
import type { FormAction } from "./form-result";
import { useFormAction } from "./use-form-action";

export function SignUpForm({ action, next }: { action: FormAction; next: string }) {
  const { form, result, isPending, formProps } = useFormAction(
    signUpSchema,
    { name: "", email: "", password: "" },
    action,
  );
  const { errors } = form.formState;
  return (
    <form {...formProps} className="grid gap-5">
      {result.message !== undefined && <Notice tone="danger">{result.message}</Notice>}
      <input type="hidden" name="next" value={next} />
      <TextField label="Name" autoComplete="name" error={errors.name?.message} {...form.register("name")} />
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
        autoComplete="new-password"
        hint="At least 8 characters."
        error={errors.password?.message}
        {...form.register("password")}
      />
      <Button type="submit" variant="primary" busy={isPending}>
        Create account
      </Button>
    </form>
  );
}
