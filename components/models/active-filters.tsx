"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { formatCompact } from "@/components/ui/format-compact";
import { formatUsd } from "@/components/ui/format-usd";
import { ALL_OUTPUTS, type ModelFilter, NO_FILTER, type Span } from "@/lib/model-list/model-filter";
import { CATEGORY_LABELS, MODALITY_LABELS, type Names } from "./filter-labels";

type ActiveFiltersProps = {
  filter: ModelFilter;
  names: { authors: Names; providers: Names };
  onFilter: (changes: Partial<ModelFilter>) => void;
};

type Choice = { text: string; without: Partial<ModelFilter> };

/** What is chosen, each with a button that takes it back. */
export function ActiveFilters({ filter, names, onFilter }: ActiveFiltersProps) {
  const choices = choicesOf(filter, names);
  if (choices.length === 0) return null;
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap gap-1.5">
      {choices.map(({ text, without }) => (
        <li key={text}>
          <Button size="small" className="min-h-7 gap-1 px-2" onClick={() => onFilter(without)}>
            <span className="sr-only">Remove the filter </span>
            {text}
            <X aria-hidden="true" className="size-3.5" />
          </Button>
        </li>
      ))}
      <li>
        <Button
          variant="quiet"
          size="small"
          className="min-h-7 px-2"
          onClick={() => onFilter({ ...NO_FILTER, order: filter.order })}
        >
          Clear all
        </Button>
      </li>
    </ul>
  );
}

function choicesOf(filter: ModelFilter, names: ActiveFiltersProps["names"]): Choice[] {
  const without = (list: readonly string[], value: string) => list.filter((other) => other !== value);
  const each = <
    Field extends "inputModalities" | "outputModalities" | "supportedParameters" | "series" | "providers" | "authors",
  >(
    field: Field,
    textOf: (value: string) => string,
  ): Choice[] =>
    filter[field].map((value) => ({ text: textOf(value), without: { [field]: without(filter[field], value) } }));
  const span = (
    text: string,
    { min, max }: Span,
    format: (value: number) => string,
    cleared: Partial<ModelFilter>,
  ): Choice[] => {
    if (min === undefined && max === undefined) return [];
    const from = min === undefined ? "" : `≥ ${format(min)}`;
    const to = max === undefined ? "" : `≤ ${format(max)}`;
    return [{ text: `${text} ${[from, to].filter(Boolean).join(", ")}`, without: cleared }];
  };
  const single = (isOn: boolean, text: string, cleared: Partial<ModelFilter>): Choice[] =>
    isOn ? [{ text, without: cleared }] : [];
  const { promptPrice, benchmarks } = filter;
  const isFree = promptPrice.max === 0;
  const open = NO_FILTER.promptPrice;
  return [
    ...each("inputModalities", (value) => `Reads ${(MODALITY_LABELS[value] ?? value).toLowerCase()}`),
    ...each("outputModalities", (value) =>
      value === ALL_OUTPUTS ? "All outputs" : `Writes ${(MODALITY_LABELS[value] ?? value).toLowerCase()}`,
    ),
    ...single(filter.contextTokens !== undefined, `Context ≥ ${formatCompact(filter.contextTokens ?? 0)} tokens`, {
      contextTokens: undefined,
    }),
    ...(isFree
      ? single(true, "Free", { promptPrice: open })
      : span("Input", promptPrice, perMillion, { promptPrice: open })),
    ...span("Output", filter.completionPrice, perMillion, { completionPrice: open }),
    ...each("supportedParameters", (value) => value),
    ...(filter.category === undefined ? [] : single(true, CATEGORY_LABELS[filter.category], { category: undefined })),
    ...each("series", (value) => `Series ${value}`),
    ...each("authors", (value) => `By ${names.authors.get(value) ?? value}`),
    ...each("providers", (value) => `At ${names.providers.get(value) ?? value}`),
    ...single(filter.zdr, "Zero data retention", { zdr: false }),
    ...single(filter.distillable === true, "Distillable", { distillable: undefined }),
    ...single(filter.distillable === false, "Not distillable", { distillable: undefined }),
    ...single(filter.available, "Available here", { available: false }),
    ...single(filter.region !== undefined, `Region ${(filter.region ?? "").toUpperCase()}`, { region: undefined }),
    ...span("Age", filter.ageDays, (days) => `${days} days`, { ageDays: open }),
    ...span("Intelligence", benchmarks.intelligence, String, { benchmarks: { ...benchmarks, intelligence: open } }),
    ...span("Coding", benchmarks.coding, String, { benchmarks: { ...benchmarks, coding: open } }),
    ...span("Agentic", benchmarks.agentic, String, { benchmarks: { ...benchmarks, agentic: open } }),
    ...span("Tool calls", benchmarks.toolSuccess, (share) => `${share * 100} %`, {
      benchmarks: { ...benchmarks, toolSuccess: open },
    }),
  ];
}

function perMillion(usd: number): string {
  return `${formatUsd(usd)} /M`;
}
