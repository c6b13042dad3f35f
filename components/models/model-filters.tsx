"use client";

import { memo, useMemo } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { formatCompact } from "@/components/ui/format-compact";
import { formatUsd } from "@/components/ui/format-usd";
import { SelectField } from "@/components/ui/select-field";
import { Slider } from "@/components/ui/slider";
import { countFacets, type FacetCounts } from "@/lib/model-list/count-facets";
import type { ModelFilter } from "@/lib/model-list/model-filter";
import { CATEGORIES, type ListedModel } from "@/lib/schemas/listed-model";
import { CATEGORY_LABELS, CONTEXT_STEPS, MODALITY_LABELS, type Names, PRICE_STEPS } from "./filter-labels";

type ModelFiltersProps = {
  models: readonly ListedModel[];
  names: { authors: Names; providers: Names };
  filter: ModelFilter;
  nowMs: number;
  onFilter: (changes: Partial<ModelFilter>) => void;
  onDraft: (changes: Partial<ModelFilter>) => void;
};

/** Everything that the list can be narrowed to, with how many models each choice would leave. */
export const ModelFilters = memo(function ModelFilters(props: ModelFiltersProps) {
  const { models, names, filter, nowMs, onFilter, onDraft } = props;
  const counts = useMemo(() => countFacets(models, filter, nowMs), [models, filter, nowMs]);
  const contextPlace = placeOf(CONTEXT_STEPS, filter.contextTokens ?? 0);
  const anyPrice = PRICE_STEPS.length;
  const pricePlace = filter.promptPrice.max === undefined ? anyPrice : placeOf(PRICE_STEPS, filter.promptPrice.max);
  const contextOf = (place: number) => ({ contextTokens: place === 0 ? undefined : CONTEXT_STEPS[place] });
  const priceOf = (place: number) => ({
    promptPrice: { ...filter.promptPrice, max: PRICE_STEPS[place] },
  });
  return (
    <div className="grid gap-5">
      <Modalities
        label="Reads"
        modalities={["text", "image", "file", "audio", "video"]}
        chosen={filter.inputModalities}
        counts={counts.inputModalities}
        onChange={(inputModalities) => onFilter({ inputModalities })}
      />
      <Modalities
        label="Writes"
        modalities={["text", "image", "audio", "embeddings", "rerank"]}
        chosen={filter.outputModalities}
        counts={counts.outputModalities}
        onChange={(outputModalities) => onFilter({ outputModalities })}
      />
      <Slider
        label="Context"
        value={[contextPlace]}
        min={0}
        max={CONTEXT_STEPS.length - 1}
        onChange={([place = 0]) => onDraft(contextOf(place))}
        format={(place) => {
          const tokens = place === contextPlace ? (filter.contextTokens ?? 0) : (CONTEXT_STEPS[place] ?? 0);
          return tokens === 0 ? "any" : `≥ ${formatCompact(tokens)} tokens`;
        }}
      />
      <div className="grid gap-1">
        <Slider
          label="Input price"
          value={[pricePlace]}
          min={0}
          max={anyPrice}
          onChange={([place = 0]) => onDraft(priceOf(place))}
          format={(place) => {
            const usd = place === pricePlace ? filter.promptPrice.max : PRICE_STEPS[place];
            if (usd === undefined) return "any";
            return usd === 0 ? "free" : `≤ ${formatUsd(usd)} /M`;
          }}
        />
        <Checkbox
          checked={filter.promptPrice.max === 0}
          onChange={({ target }) => onFilter(priceOf(target.checked ? 0 : anyPrice))}
        >
          Free only
        </Checkbox>
      </div>
      <Facet
        label="Supported parameters"
        placeholder="Any"
        options={optionsOf(counts, "supportedParameters", undefined, filter.supportedParameters)}
        value={filter.supportedParameters}
        onChange={(supportedParameters) => onFilter({ supportedParameters })}
      />
      <SelectField
        label="Category"
        value={filter.category ?? ""}
        onChange={({ target }) => onFilter({ category: CATEGORIES.find((known) => known === target.value) })}
      >
        <option value="">Any</option>
        {CATEGORIES.map((category) => (
          <option key={category} value={category}>
            {CATEGORY_LABELS[category]}
          </option>
        ))}
      </SelectField>
      <Facet
        label="Series"
        placeholder="Any"
        options={optionsOf(counts, "series", seriesNames(models), filter.series)}
        value={filter.series}
        onChange={(series) => onFilter({ series })}
      />
      <Facet
        label="Authors"
        placeholder="Anybody"
        options={optionsOf(counts, "authors", names.authors, filter.authors)}
        value={filter.authors}
        onChange={(authors) => onFilter({ authors })}
      />
      <Facet
        label="Providers"
        placeholder="Anybody"
        options={optionsOf(counts, "providers", names.providers, filter.providers)}
        value={filter.providers}
        onChange={(providers) => onFilter({ providers })}
      />
      <div className="grid">
        <Checkbox
          checked={filter.zdr}
          hint="A provider keeps nothing of it"
          onChange={({ target }) => onFilter({ zdr: target.checked })}
        >
          Zero data retention
        </Checkbox>
        <Checkbox
          checked={filter.distillable === true}
          hint="Its answers may train other models"
          onChange={({ target }) => onFilter({ distillable: target.checked ? true : undefined })}
        >
          Distillable
        </Checkbox>
        <Checkbox
          checked={filter.available}
          hint="A provider of it has a key here"
          onChange={({ target }) => onFilter({ available: target.checked })}
        >
          Available here
        </Checkbox>
      </div>
    </div>
  );
});

type ModalitiesProps = {
  label: string;
  modalities: readonly string[];
  chosen: readonly string[];
  counts: ReadonlyMap<string, number>;
  onChange: (chosen: string[]) => void;
};

function Modalities({ label, modalities, chosen, counts, onChange }: ModalitiesProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{label}</legend>
      {modalities.map((modality) => (
        <Checkbox
          key={modality}
          className="py-[0.1875rem] [&>span]:flex [&>span]:flex-1 [&>span]:justify-between"
          checked={chosen.includes(modality)}
          onChange={() => onChange(toggled(chosen, modality))}
        >
          {MODALITY_LABELS[modality] ?? modality}
          <Count of={counts.get(modality) ?? 0} />
        </Checkbox>
      ))}
    </fieldset>
  );
}

function toggled(list: readonly string[], value: string): string[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value].sort();
}

function Count({ of }: { of: number }) {
  return (
    <span className="text-dense text-muted">
      {of}
      <span className="sr-only"> models</span>
    </span>
  );
}

type FacetProps = {
  label: string;
  placeholder: string;
  options: readonly ComboboxOption[];
  value: readonly string[];
  onChange: (value: string[]) => void;
};

function Facet({ label, placeholder, options, value, onChange }: FacetProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Combobox
          label={label}
          control={control}
          options={options}
          value={value}
          onChange={(chosen) => onChange(chosen.sort())}
          multiple
          placeholder={placeholder}
        />
      )}
    </Field>
  );
}

/** What would leave something first, the most first; what is chosen stays in the list whatever it leaves. */
function optionsOf(
  counts: FacetCounts,
  facet: keyof FacetCounts,
  names: Names | undefined,
  chosen: readonly string[],
): ComboboxOption[] {
  const values = new Set([...counts[facet].keys(), ...chosen]);
  return [...values]
    .map((value) => ({ value, label: names?.get(value) ?? value, count: counts[facet].get(value) ?? 0 }))
    .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label))
    .map(({ value, label, count }) => ({ value, label, detail: count, keywords: [value] }));
}

function seriesNames(models: readonly ListedModel[]): Names {
  return new Map(models.map(({ series }) => [series.toLowerCase(), series]));
}

/** The last step that is not above the value: a link may ask for one between two. */
function placeOf(steps: readonly number[], value: number): number {
  return Math.max(
    0,
    steps.findLastIndex((step) => step <= value),
  );
}
