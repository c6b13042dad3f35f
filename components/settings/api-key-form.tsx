"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FormActions } from "@/components/ui/form-actions";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { showRefusal, useZodForm } from "@/components/ui/use-zod-form";
import { apiKeysQuery, type CreatedApiKey, createApiKey, updateApiKey } from "@/lib/queries/api-keys";
import type { ApiKey, ApiKeyKind, CreateApiKeyRequest } from "@/lib/schemas/api-key";
import { apiKeyFormSchema } from "./api-key-form-schema";
import { changesOf, NEW_KEY, typedApiKey } from "./typed-api-key";

const FIELDS = ["name", "limit", "limit_reset", "include_byok_in_limit", "expires_at"] as const;

type ApiKeyFormProps = {
  kind: ApiKeyKind;
  /** The key to change; `null` for a new one. */
  apiKey: ApiKey | null;
  onCreated: (created: CreatedApiKey) => void;
  onChanged: (changed: ApiKey) => void;
  onCancel: () => void;
};

/** What a key is called, may spend and how long it works. A provisioning key spends nothing. */
export function ApiKeyForm({ kind, apiKey, onCreated, onChanged, onCancel }: ApiKeyFormProps) {
  const client = useQueryClient();
  const typed = apiKey === null ? NEW_KEY : typedApiKey(apiKey);
  const form = useZodForm(apiKeyFormSchema(typed.expires_at), typed);
  const { errors, dirtyFields } = form.formState;

  const saving = useMutation({
    mutationFn: async (request: CreateApiKeyRequest) => {
      if (apiKey === null) onCreated(await createApiKey(request, kind));
      else onChanged(await updateApiKey(kind, apiKey.hash, changesOf(request, dirtyFields)));
    },
    onSuccess: () => client.invalidateQueries(apiKeysQuery(kind)),
    onError: (error) => showRefusal(form, error, FIELDS),
  });

  return (
    <form noValidate className="grid gap-5" onSubmit={form.handleSubmit((request) => saving.mutate(request))}>
      <TextField
        label="Name"
        autoComplete="off"
        data-initial-focus
        hint="Where this key will be used, so that you know it again."
        error={errors.name?.message}
        {...form.register("name")}
      />
      {kind === "inference" && (
        <>
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField
              label="Credit limit"
              prefix="$"
              optional
              inputMode="decimal"
              autoComplete="off"
              hint="In USD. Empty: no limit of its own."
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
          <Checkbox
            hint="What you pay to providers yourself, with keys of your own, counts towards the limit too."
            {...form.register("include_byok_in_limit")}
          >
            Include BYOK in the limit
          </Checkbox>
        </>
      )}
      <TextField
        label="Last day"
        optional
        type="date"
        hint="The key stops working when this day is over. Empty: it works until it is deleted."
        error={errors.expires_at?.message}
        {...form.register("expires_at")}
      />
      <FormActions error={errors.root?.message}>
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {apiKey === null ? "Create key" : "Save changes"}
        </Button>
      </FormActions>
    </form>
  );
}
