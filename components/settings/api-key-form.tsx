"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { apiKeysQuery, type CreatedApiKey, createApiKey } from "@/lib/queries/api-keys";
import { RequestError } from "@/lib/queries/request-error";
import { apiKeyFormSchema } from "./api-key-form-schema";

const FIELDS = ["name", "limit", "limit_reset", "expires_at"] as const;

type ApiKeyFormProps = { onCreated: (created: CreatedApiKey) => void; onCancel: () => void };

export function ApiKeyForm({ onCreated, onCancel }: ApiKeyFormProps) {
  const client = useQueryClient();
  const form = useForm({
    resolver: zodResolver(apiKeyFormSchema),
    defaultValues: { name: "", limit: "", limit_reset: "", expires_at: "" },
  });
  const { errors } = form.formState;

  const creation = useMutation({
    mutationFn: createApiKey,
    onSuccess: (created) => {
      onCreated(created);
      return client.invalidateQueries(apiKeysQuery());
    },
    onError: (error) => {
      const field = FIELDS.find((name) => error instanceof RequestError && error.field === name);
      if (field === undefined) form.setError("root", { message: error.message });
      else form.setError(field, { message: error.message }, { shouldFocus: true });
    },
  });

  return (
    <form noValidate className="grid gap-5" onSubmit={form.handleSubmit((request) => creation.mutate(request))}>
      {errors.root?.message !== undefined && <Notice tone="danger">{errors.root.message}</Notice>}
      <TextField
        label="Name"
        autoComplete="off"
        data-initial-focus
        hint="Where this key will be used, so that you know it again."
        error={errors.name?.message}
        {...form.register("name")}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label="Credit limit in USD"
          optional
          inputMode="decimal"
          autoComplete="off"
          hint="Empty: no limit of its own."
          error={errors.limit?.message}
          {...form.register("limit")}
        />
        <SelectField
          label="Limit resets"
          hint="At midnight UTC."
          error={errors.limit_reset?.message}
          {...form.register("limit_reset")}
        >
          <option value="">Never</option>
          <option value="daily">Every day</option>
          <option value="weekly">Every Monday</option>
          <option value="monthly">On the first of the month</option>
        </SelectField>
      </div>
      <TextField
        label="Last day"
        optional
        type="date"
        hint="The key stops working when this day is over."
        error={errors.expires_at?.message}
        {...form.register("expires_at")}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" busy={creation.isPending}>
          Create key
        </Button>
      </div>
    </form>
  );
}
