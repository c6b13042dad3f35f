"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { TextareaField } from "@/components/ui/textarea-field";
import { showRefusal, useZodForm } from "@/components/ui/use-zod-form";
import { createIntegration, integrationsQuery, updateIntegration } from "@/lib/queries/integrations";
import type { CreateCredentialRequest, KeyedProvider, ShownCredential } from "@/lib/schemas/provider-credential";
import {
  integrationChanges,
  integrationFormSchema,
  NEW_INTEGRATION,
  problemWithField,
  typedIntegration,
} from "./integration-form-schema";

const FIELDS = ["provider", "name", "key", "use", "allowed_models", "allowed_api_key_hashes", "retention"] as const;

/** An API key that a provider key may be kept to. */
export type NamedApiKey = { hash: string; name: string };

type IntegrationFormProps = {
  providers: readonly KeyedProvider[];
  apiKeys: readonly NamedApiKey[];
  /** The key to change; `null` for a new one. */
  credential: ShownCredential | null;
  onSaved: (saved: ShownCredential) => void;
  onCancel: () => void;
};

/** A provider's key: whose, how it is called, when it is used and for what. */
export function IntegrationForm({ providers, apiKeys, credential, onSaved, onCancel }: IntegrationFormProps) {
  const client = useQueryClient();
  const isNew = credential === null;
  const form = useZodForm(
    integrationFormSchema(providers, isNew),
    credential === null ? NEW_INTEGRATION : typedIntegration(credential),
  );
  const { errors, dirtyFields } = form.formState;
  const { provider: slug, allowed_models: models, allowed_api_key_hashes: hashes } = form.watch();
  const provider = providers.find((known) => known.slug === slug);

  const saving = useMutation({
    mutationFn: (request: CreateCredentialRequest) =>
      credential === null
        ? createIntegration(request)
        : updateIntegration(credential.id, integrationChanges(request, dirtyFields)),
    onSuccess: (saved) => {
      onSaved(saved);
      return client.invalidateQueries(integrationsQuery);
    },
    onError: (error) => showRefusal(form, atItsField(error), FIELDS),
  });

  const choose = (field: "provider" | "allowed_models" | "allowed_api_key_hashes", value: string | string[]) =>
    form.setValue(field, value, { shouldDirty: true, shouldValidate: form.formState.isSubmitted });
  const key = {
    label: isNew ? "Key" : "New key",
    optional: !isNew,
    autoComplete: "off",
    spellCheck: false,
    className: "font-mono",
    hint: isNew
      ? (provider?.hint ?? "Choose the provider first.")
      : `Empty: the one ending in ${credential.label} stays.`,
    error: errors.key?.message,
    ...form.register("key"),
  };

  return (
    <form noValidate className="grid gap-5" onSubmit={form.handleSubmit((request) => saving.mutate(request))}>
      {isNew && (
        <Field label="Provider" error={errors.provider?.message}>
          {(control) => (
            <Combobox
              label="Provider"
              control={control}
              options={providers.map(({ slug: value, name }) => ({ value, label: name, keywords: [value] }))}
              value={slug === "" ? [] : [slug]}
              onChange={([chosen = ""]) => {
                choose("provider", chosen);
                choose("allowed_models", []);
              }}
            />
          )}
        </Field>
      )}
      {provider?.takes_json === true ? <TextareaField {...key} /> : <TextField type="password" {...key} />}
      {provider?.example != null && <CodeBlock code={provider.example} label="As JSON" language="json" />}
      <TextField
        label="Name"
        optional
        autoComplete="off"
        hint="So that you know it again in routes and errors."
        error={errors.name?.message}
        {...form.register("name")}
      />
      <SelectField label="When it is used" error={errors.use?.message} {...form.register("use")}>
        <option value="first">First; shared credits take over when it fails</option>
        <option value="only">Always: shared credits are never used at this provider</option>
        <option value="required">Always, for the models it is for</option>
        <option value="fallback">Last, when shared credits have failed</option>
      </SelectField>
      <Field label="Models" optional hint="None chosen: all of the provider's." error={errors.allowed_models?.message}>
        {(control) => (
          <Combobox
            label="Models"
            multiple
            control={control}
            placeholder="All"
            options={(provider?.models ?? []).map((id) => ({ value: id, label: id }))}
            value={models}
            onChange={(chosen) => choose("allowed_models", chosen)}
          />
        )}
      </Field>
      {apiKeys.length > 0 && (
        <Field
          label="API keys"
          optional
          hint="None chosen: every API key of yours, and the chat."
          error={errors.allowed_api_key_hashes?.message}
        >
          {(control) => (
            <Combobox
              label="API keys"
              multiple
              control={control}
              placeholder="All"
              options={apiKeys.map(({ hash, name }) => ({ value: hash, label: name }))}
              value={hashes}
              onChange={(chosen) => choose("allowed_api_key_hashes", chosen)}
            />
          )}
        </Field>
      )}
      <SelectField
        label="Data retention"
        hint="What your own contract with the provider says. Requests that ask for zero data retention go by it."
        error={errors.retention?.message}
        {...form.register("retention")}
      >
        <option value="catalog">As for everybody</option>
        <option value="none">The provider keeps nothing</option>
        <option value="some">The provider may keep prompts</option>
      </SelectField>
      <FormActions error={errors.root?.message}>
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {isNew ? "Add key" : "Save changes"}
        </Button>
      </FormActions>
    </form>
  );
}

/** The server names the part of the JSON that is wrong (`key.region`); here it is one field. */
function atItsField(error: Error & { field?: string | undefined }): Error & { field?: string | undefined } {
  const { field, message } = error;
  if (field === undefined) return error;
  const [whole = field] = field.split(/[.[]/);
  return Object.assign(new Error(problemWithField({ field, problem: message })), { field: whole });
}
