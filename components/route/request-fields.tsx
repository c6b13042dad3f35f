"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { TextareaField } from "@/components/ui/textarea-field";
import { paletteQuery } from "@/lib/queries/palette";
import { quantizationSchema } from "@/lib/schemas/catalog";
import { SORT_WORDS } from "@/lib/schemas/provider-preferences";
import type { Problem } from "./read-request";
import { OUTPUTS, type RequestForm } from "./request-form";

const SORT_NAMES = {
  price: "The cheapest first",
  throughput: "The fastest first",
  latency: "The quickest first token",
  exacto: "The most reliable with tools",
} as const satisfies Record<(typeof SORT_WORDS)[number], string>;

const OUTPUT_NAMES = {
  text: "Text",
  json_object: "Any JSON",
  json_schema: "JSON by a schema",
} as const satisfies Record<(typeof OUTPUTS)[number], string>;

const QUANTIZATIONS = quantizationSchema.options.map((value) => ({ value, label: value }));

type RequestFieldsProps = {
  form: RequestForm;
  problems: readonly Problem[];
  /** Providers and endpoints that can be named. */
  providers: readonly ComboboxOption[];
  /** A step that can be undone. */
  onChange: (changes: Partial<RequestForm>) => void;
  /** One more letter. */
  onType: (changes: Partial<RequestForm>) => void;
};

/** The fields of a request that decide where it goes. */
export function RequestFields({ form, problems, providers, onChange, onType }: RequestFieldsProps) {
  const { data } = useQuery(paletteQuery());
  const models = (data?.models ?? []).map(({ id, name }) => ({ value: id, label: name, keywords: [id] }));
  const errorOf = (field: string) => {
    const found = problems.find((problem) => problem.field === field);
    return found?.message.slice(field.length + 1);
  };
  const providerList = (name: "order" | "only" | "ignore", label: string, hint: string) => (
    <Field label={label} hint={hint} error={errorOf(`provider.${name}`)}>
      {(control) => (
        <Combobox
          label={label}
          control={control}
          multiple
          options={withChosen(providers, form[name])}
          value={form[name]}
          onChange={(value) => onChange({ [name]: value })}
          placeholder="None named"
        />
      )}
    </Field>
  );

  return (
    <form className="grid gap-6" onSubmit={(event) => event.preventDefault()}>
      <Group title="The request">
        <Field label="Model" error={errorOf("model")}>
          {(control) => (
            <Combobox
              label="Model"
              control={control}
              options={withChosen(models, [form.model])}
              value={form.model === "" ? [] : [form.model]}
              onChange={([model]) => onChange({ model: model ?? "" })}
            />
          )}
        </Field>
        <Field label="Fallback models" error={errorOf("models")}>
          {(control) => (
            <Combobox
              label="Fallback models"
              control={control}
              multiple
              options={withChosen(models, form.fallbackModels)}
              value={form.fallbackModels}
              onChange={(fallbackModels) => onChange({ fallbackModels })}
              placeholder="None"
            />
          )}
        </Field>
        <div className="sm:col-span-2">
          <TextareaField
            label="Prompt"
            hint="Only its length counts here. Nothing is sent to any provider."
            rows={3}
            value={form.prompt}
            onChange={(event) => onType({ prompt: event.target.value })}
            error={errorOf("messages")}
          />
        </div>
        <TextField
          label="Longest answer"
          type="number"
          inputMode="numeric"
          min={1}
          suffix="tokens"
          placeholder="no limit"
          value={form.maxTokens ?? ""}
          onChange={(event) => onType({ maxTokens: event.target.value === "" ? null : Number(event.target.value) })}
          error={errorOf("max_tokens") ?? errorOf("max_completion_tokens")}
        />
        <SelectField
          label="Answer as"
          value={form.output}
          onChange={(event) => onChange({ output: OUTPUTS.find((word) => word === event.target.value) ?? "text" })}
          error={errorOf("response_format")}
        >
          {OUTPUTS.map((output) => (
            <option key={output} value={output}>
              {OUTPUT_NAMES[output]}
            </option>
          ))}
        </SelectField>
        <div className="flex flex-wrap gap-x-6 gap-y-1 sm:col-span-2">
          <Checkbox checked={form.withTools} onChange={(event) => onChange({ withTools: event.target.checked })}>
            With a tool
          </Checkbox>
          <Checkbox checked={form.withImage} onChange={(event) => onChange({ withImage: event.target.checked })}>
            With an image
          </Checkbox>
        </div>
      </Group>
      <Group title="Which providers, in which order">
        <SelectField
          label="Order of providers"
          value={form.sort}
          onChange={(event) => onChange({ sort: SORT_WORDS.find((word) => word === event.target.value) ?? "" })}
          error={errorOf("provider.sort")}
        >
          <option value="">By price, drawn by lot</option>
          {SORT_WORDS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_NAMES[sort]}
            </option>
          ))}
        </SelectField>
        {providerList("order", "These first", "In the order in which they are chosen.")}
        {providerList("only", "Only these", "All others are left out.")}
        {providerList("ignore", "Never these", "Left out, whatever else is said.")}
        <TextField
          label="Most for input"
          prefix="$"
          suffix="/M tokens"
          inputMode="decimal"
          placeholder="any price"
          value={form.maxPromptPrice}
          onChange={(event) => onType({ maxPromptPrice: event.target.value.trim() })}
          error={errorOf("provider.max_price.prompt")}
        />
        <TextField
          label="Most for output"
          prefix="$"
          suffix="/M tokens"
          inputMode="decimal"
          placeholder="any price"
          value={form.maxCompletionPrice}
          onChange={(event) => onType({ maxCompletionPrice: event.target.value.trim() })}
          error={errorOf("provider.max_price.completion")}
        />
        <Field
          label="Quantizations"
          hint="Weights of these precisions alone."
          error={errorOf("provider.quantizations")}
        >
          {(control) => (
            <Combobox
              label="Quantizations"
              control={control}
              multiple
              options={QUANTIZATIONS}
              value={form.quantizations}
              onChange={(quantizations) => onChange({ quantizations })}
              placeholder="Any"
            />
          )}
        </Field>
        <div className="grid content-start sm:col-span-2 sm:grid-cols-2 sm:gap-x-5">
          <Checkbox
            checked={form.allowFallbacks}
            onChange={(event) => onChange({ allowFallbacks: event.target.checked })}
            hint="When the first fails, the next is tried."
          >
            Allow fallbacks
          </Checkbox>
          <Checkbox
            checked={form.requireParameters}
            onChange={(event) => onChange({ requireParameters: event.target.checked })}
            hint="Only who knows every parameter of the request."
          >
            Require parameters
          </Checkbox>
          <Checkbox
            checked={form.denyDataCollection}
            onChange={(event) => onChange({ denyDataCollection: event.target.checked })}
            hint="Nobody who trains on prompts or stores them."
          >
            Deny data collection
          </Checkbox>
          <Checkbox
            checked={form.zeroDataRetention}
            onChange={(event) => onChange({ zeroDataRetention: event.target.checked })}
            hint="Only who promises to keep nothing."
          >
            Zero data retention
          </Checkbox>
        </div>
      </Group>
    </form>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
      <legend className="mb-3 font-semibold text-base">{title}</legend>
      {children}
    </fieldset>
  );
}

/** What a body names is in the list too, so that it can be taken out again. */
function withChosen(options: readonly ComboboxOption[], chosen: readonly string[]): readonly ComboboxOption[] {
  const known = new Set(options.map(({ value }) => value));
  return [
    ...chosen.filter((value) => value !== "" && !known.has(value)).map((value) => ({ value, label: value })),
    ...options,
  ];
}
