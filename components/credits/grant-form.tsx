"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { formatUsd } from "@/components/ui/format-usd";
import { randomId } from "@/components/ui/random-id";
import { TextField } from "@/components/ui/text-field";
import { toast } from "@/components/ui/toast";
import { showRefusal, useZodForm } from "@/components/ui/use-zod-form";
import { grantCredits } from "@/lib/queries/credit-grants";
import { creditGrantRequestSchema } from "@/lib/schemas/credit-grant";

const typedSchema = creditGrantRequestSchema.omit({ reference: true });
const EMPTY = { email: "", amount: "", note: "" };

/** For administrators: gives credits to somebody's account. */
export function GrantForm() {
  const router = useRouter();
  const form = useZodForm(typedSchema, EMPTY);
  const { errors } = form.formState;
  // The same for every attempt at one grant: one that is sent again after a lost answer must not grant twice.
  const reference = useRef<string | null>(null);

  const granting = useMutation({
    mutationFn: (typed: typeof EMPTY) => {
      reference.current ??= randomId();
      return grantCredits({ ...typed, reference: reference.current });
    },
    onSuccess: ({ email, amountUsd, balanceUsd }) => {
      reference.current = null;
      form.reset(EMPTY);
      toast({
        title: `Granted ${formatUsd(amountUsd)} to ${email}`,
        description: `The balance of that account is ${formatUsd(balanceUsd)} now.`,
      });
      // The balance and the ledger may be one's own.
      router.refresh();
    },
    onError: (error) => {
      // Only what never got an answer may have been granted; a refusal was not.
      if (!("status" in error) || error.status !== 0) reference.current = null;
      showRefusal(form, error, ["email", "amount", "note"]);
    },
  });

  return (
    <form noValidate className="grid max-w-xl gap-5" onSubmit={form.handleSubmit((typed) => granting.mutate(typed))}>
      <div className="grid gap-5 sm:grid-cols-[minmax(0,1fr)_10rem]">
        <TextField
          label="E-mail address of the account"
          type="email"
          autoComplete="off"
          error={errors.email?.message}
          {...form.register("email")}
        />
        <TextField
          label="Amount in USD"
          prefix="$"
          inputMode="decimal"
          autoComplete="off"
          error={errors.amount?.message}
          {...form.register("amount")}
        />
      </div>
      <TextField
        label="What it is for"
        autoComplete="off"
        hint="The account's owner reads this in their ledger."
        error={errors.note?.message}
        {...form.register("note")}
      />
      <FormActions error={errors.root?.message}>
        <Button type="submit" variant="primary" busy={granting.isPending}>
          Grant credits
        </Button>
      </FormActions>
    </form>
  );
}
