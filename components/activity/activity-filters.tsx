"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
import { DEFAULT_RANGE } from "@/lib/activity-filter/resolve-activity-filter";
import { writeActivityAddress } from "@/lib/activity-filter/write-activity-address";
import {
  type ActivityAddress,
  type ActivityFacets,
  type ActivityFilter,
  type ActivityRange,
  type ActivityStatus,
  activityRangeSchema,
  activityStatusSchema,
  CHATROOM,
} from "@/lib/schemas/activity-filter";

type ActivityFiltersProps = {
  address: ActivityAddress;
  /** The same with its period in days. */
  filter: ActivityFilter;
  facets: ActivityFacets;
};

const RANGES = {
  today: "Today",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  "12mo": "Last 12 months",
} as const satisfies Record<ActivityRange, string>;

const STATUSES = {
  finished: "Finished",
  failed: "Failed",
  aborted: "Aborted",
  interrupted: "Interrupted",
  insured: "Insured",
  estimated: "Estimated",
  byok: "BYOK",
  sandbox: "Sandbox",
} as const satisfies Record<ActivityStatus, string>;

/** What stands for "all" in a list, where an empty value cannot be chosen. */
const ALL = "*";

/** Narrows the activity. Every choice is an address of its own. */
export function ActivityFilters({ address, filter, facets }: ActivityFiltersProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  const go = (changes: ActivityAddress) => {
    const next = { ...address, ...changes, after: undefined, before: undefined, generation: undefined };
    startTransition(() => router.push(writeActivityAddress(next), { scroll: false }));
  };

  const isCustom = address.from !== undefined;
  const isNarrow = [address.model, address.provider, address.key, address.app, address.status].some(Boolean);
  const keys = [
    ...(facets.hasChatroom ? [{ value: CHATROOM, label: "Chatroom", detail: "no key" }] : []),
    ...facets.keys.map(({ hash, name, label }) => ({ value: hash, label: name, detail: label, keywords: [label] })),
  ];

  return (
    <search aria-label="Filter the activity" aria-busy={isPending} className="relative mb-8 grid gap-2 border-y py-3">
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-6">
        <Select
          aria-label="Period"
          value={isCustom ? "custom" : (address.range ?? DEFAULT_RANGE)}
          onChange={({ target: { value } }) => {
            const range = activityRangeSchema.safeParse(value).data;
            if (range === undefined) go({ range: undefined, from: filter.from, to: filter.to });
            else go({ range: range === DEFAULT_RANGE ? undefined : range, from: undefined, to: undefined });
          }}
        >
          {activityRangeSchema.options.map((range) => (
            <option key={range} value={range}>
              {RANGES[range]}
            </option>
          ))}
          <option value="custom">From … to …</option>
        </Select>
        <Choice
          label="Model"
          all="All models"
          value={address.model}
          options={facets.models.map((model) => ({ value: model, label: model }))}
          onChange={(model) => go({ model })}
        />
        <Choice
          label="Provider"
          all="All providers"
          value={address.provider}
          options={facets.providers.map(({ slug, name }) => ({ value: slug, label: name }))}
          onChange={(provider) => go({ provider })}
        />
        <Choice label="Key" all="All keys" value={address.key} options={keys} onChange={(key) => go({ key })} />
        <Choice
          label="App"
          all="All apps"
          value={address.app}
          options={facets.apps.map((app) => ({ value: app, label: app }))}
          onChange={(app) => go({ app })}
        />
        <Select
          aria-label="Status"
          value={address.status ?? ALL}
          onChange={({ target: { value } }) => go({ status: activityStatusSchema.safeParse(value).data })}
        >
          <option value={ALL}>Every status</option>
          {activityStatusSchema.options.map((status) => (
            <option key={status} value={status}>
              {STATUSES[status]}
            </option>
          ))}
        </Select>
      </div>
      {(isCustom || isNarrow) && (
        <div className="flex flex-wrap items-end gap-2">
          {isCustom && <Days key={`${filter.from} ${filter.to}`} filter={filter} onChange={go} />}
          {isNarrow && (
            <Button
              size="small"
              variant="quiet"
              className="min-h-control"
              onClick={() =>
                go({ model: undefined, provider: undefined, key: undefined, app: undefined, status: undefined })
              }
            >
              <X aria-hidden="true" />
              Clear filters
            </Button>
          )}
        </div>
      )}
      {isPending && <Progress label="Filtering" share={null} className="absolute inset-x-0 -bottom-0.5" />}
    </search>
  );
}

/** The first and the last day of a period of one's own. */
function Days({ filter, onChange }: { filter: ActivityFilter; onChange: (changes: ActivityAddress) => void }) {
  // When a field is left, because on the way to a date the browser reports years such as 0002.
  const change = (days: { from?: string; to?: string }) => {
    const { from, to } = { from: filter.from, to: filter.to, ...days };
    if (from !== "" && to !== "" && (from !== filter.from || to !== filter.to)) {
      onChange(from <= to ? { from, to } : { from: to, to: from });
    }
  };
  return (
    <>
      <Input
        type="date"
        aria-label="First day (UTC)"
        prefix="From"
        className="w-auto max-sm:w-full"
        defaultValue={filter.from}
        onBlur={({ target }) => change({ from: target.value })}
        onKeyDown={({ key, currentTarget }) => key === "Enter" && change({ from: currentTarget.value })}
      />
      <Input
        type="date"
        aria-label="Last day (UTC)"
        prefix="to"
        className="w-auto max-sm:w-full"
        defaultValue={filter.to}
        onBlur={({ target }) => change({ to: target.value })}
        onKeyDown={({ key, currentTarget }) => key === "Enter" && change({ to: currentTarget.value })}
      />
    </>
  );
}

type ChoiceProps = {
  label: string;
  /** What is shown while nothing is chosen. */
  all: string;
  value: string | undefined;
  options: readonly ComboboxOption[];
  onChange: (value: string | undefined) => void;
};

function Choice({ label, all, value, options, onChange }: ChoiceProps) {
  // What the address asks for is shown even where the period has nothing of it.
  const isMissing = value !== undefined && !options.some((option) => option.value === value);
  const shown = [{ value: ALL, label: all }, ...(isMissing ? [{ value, label: value }] : []), ...options];
  return (
    <Combobox
      label={label}
      placeholder={all}
      options={shown}
      value={value === undefined ? [] : [value]}
      onChange={([chosen]) => onChange(chosen === ALL ? undefined : chosen)}
    />
  );
}
