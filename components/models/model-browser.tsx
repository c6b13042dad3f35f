"use client";

import { LayoutGrid, Rows3, Rss, SlidersHorizontal } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";
import { filterModels } from "@/lib/model-list/filter-models";
import { ALL_OUTPUTS, type ModelFilter, NO_FILTER, ORDERS } from "@/lib/model-list/model-filter";
import { type PackedModels, unpackModels } from "@/lib/model-list/pack-models";
import { ActiveFilters } from "./active-filters";
import { CompareBar } from "./compare-bar";
import { CompareView } from "./compare-view";
import { countChoices, ORDER_LABELS } from "./filter-labels";
import { ModalitySprite } from "./modality-icons";
import { ModelCards } from "./model-cards";
import { ModelFilters } from "./model-filters";
import { ModelTable } from "./model-table";
import { MAX_COMPARED, modelsHref } from "./models-view";
import { SearchField } from "./search-field";
import { useGrowingCount } from "./use-growing-count";
import { useModelsView } from "./use-models-view";

type ModelBrowserProps = {
  packed: PackedModels;
  /** Slug and display name. */
  authors: readonly (readonly [string, string])[];
  providers: readonly (readonly [string, string])[];
  /** Where new models can be subscribed to. */
  feedHref: string;
  /** When the server wrote the page, so that the browser counts the age of models from the same moment. */
  nowMs: number;
};

/** The catalog with everything that narrows it, in the browser: after the first view nothing is asked of the server. */
export function ModelBrowser({ packed, authors, providers, feedHref, nowMs }: ModelBrowserProps) {
  const models = useMemo(() => unpackModels(packed), [packed]);
  const names = useMemo(() => ({ authors: new Map(authors), providers: new Map(providers) }), [authors, providers]);
  const { view, change, filterBy, draftFilter } = useModelsView();
  const { filter, format } = view;
  const shown = useMemo(() => filterModels(models, filter, nowMs), [models, filter, nowMs]);
  const asksForOutputs = filter.outputModalities.length > 0;
  const total = useMemo(
    () =>
      filterModels(models, asksForOutputs ? { ...NO_FILTER, outputModalities: [ALL_OUTPUTS] } : NO_FILTER, nowMs)
        .length,
    [models, asksForOutputs, nowMs],
  );
  const { count, more, end } = useGrowingCount(modelsHref(view), shown.length);

  const [picked, setPicked] = useState<readonly string[]>(view.compared);
  const [hasOpenSheet, setOpenSheet] = useState(false);
  const list = useRef<HTMLDivElement>(null);

  const hasSpeeds = useMemo(() => models.some(({ latencyMs }) => latencyMs !== undefined), [models]);
  const byId = useMemo(() => new Map(models.map((model) => [model.id, model])), [models]);
  const known = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const pick = useCallback(
    (id: string) =>
      setPicked((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before, id])),
    [],
  );

  /** Whoever is far down sees the first of what is left, not the last. */
  const toTop = useCallback(() => {
    if ((list.current?.getBoundingClientRect().top ?? 0) < 0) list.current?.scrollIntoView();
  }, []);
  const choose = useCallback(
    (changes: Partial<ModelFilter>) => {
      filterBy(changes);
      toTop();
    },
    [filterBy, toTop],
  );
  const draft = useCallback(
    (changes: Partial<ModelFilter>) => {
      draftFilter(changes);
      toTop();
    },
    [draftFilter, toTop],
  );

  if (view.compared.length > 0) {
    const compare = (ids: string[]) => {
      setPicked(ids.slice(0, MAX_COMPARED));
      change({ compared: ids.slice(0, MAX_COMPARED) });
    };
    return (
      <>
        <ModalitySprite />
        <CompareView
          all={models}
          models={known(view.compared)}
          unknown={view.compared.filter((id) => !byId.has(id))}
          providerNames={names.providers}
          onChange={compare}
          onBack={() => change({ compared: [] })}
        />
      </>
    );
  }

  const choices = countChoices(filter);
  const order = filter.order ?? (hasOwnOrder(filter) ? undefined : "newest");
  const filters = (
    <ModelFilters models={models} names={names} filter={filter} nowMs={nowMs} onFilter={choose} onDraft={draft} />
  );
  const visible = shown.slice(0, count);
  return (
    <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)] lg:gap-x-8">
      <ModalitySprite />
      <aside
        aria-label="Filters"
        className="-ms-1 sticky top-[calc(var(--spacing-header)+1rem)] hidden max-h-[calc(100dvh-var(--spacing-header)-2rem)] self-start overflow-y-auto overscroll-contain px-1 pb-6 lg:block"
      >
        {filters}
      </aside>
      <div ref={list} className="min-w-0 scroll-mt-16">
        <div className="flex flex-wrap items-center gap-2">
          <SearchField value={filter.q} onChange={(q) => draft({ q })} />
          <Button className="lg:hidden" aria-haspopup="dialog" onClick={() => setOpenSheet(true)}>
            <SlidersHorizontal aria-hidden="true" />
            Filters
            {choices > 0 && (
              <span className="text-signal">
                {choices}
                <span className="sr-only"> in force</span>
              </span>
            )}
          </Button>
          <div className="w-52 max-sm:flex-1">
            <Select
              aria-label="Order"
              value={order ?? ""}
              onChange={({ target }) => choose({ order: ORDERS.find((order) => order === target.value) })}
            >
              {hasOwnOrder(filter) && (
                <option value="">{filter.q === "" ? "Best in the category" : "Best match"}</option>
              )}
              {Object.entries(ORDER_LABELS).map(([order, label]) => (
                <option key={order} value={order}>
                  {label}
                </option>
              ))}
              {order !== undefined && !(order in ORDER_LABELS) && <option value={order}>{order}</option>}
            </Select>
          </div>
          <div className="flex gap-0.5">
            <IconButton
              label="Table"
              aria-pressed={format === "table"}
              className="aria-pressed:bg-hover aria-pressed:text-ink"
              onClick={() => change({ format: "table" })}
            >
              <Rows3 aria-hidden="true" />
            </IconButton>
            <IconButton
              label="Cards"
              aria-pressed={format === "cards"}
              className="aria-pressed:bg-hover aria-pressed:text-ink"
              onClick={() => change({ format: "cards" })}
            >
              <LayoutGrid aria-hidden="true" />
            </IconButton>
          </div>
        </div>
        <div className="mt-3 mb-1 flex flex-wrap items-center gap-x-4 gap-y-2">
          <p role="status" className="text-dense text-muted">
            {shown.length === total ? `${total} models` : `${shown.length} of ${total} models`}
          </p>
          <ActiveFilters filter={filter} names={names} onFilter={choose} />
          <a
            href={feedHref}
            className="ms-auto inline-flex items-center gap-1 text-dense text-muted hover:text-ink hover:underline"
          >
            <Rss aria-hidden="true" className="size-3.5" />
            RSS
          </a>
        </div>
        {shown.length === 0 ? (
          <EmptyState title="No model fits all of that">
            <p className="text-muted text-sm">
              {filter.q === "" ? "Take a filter back, or" : `Nothing is called “${filter.q}” here; look for less, or`}{" "}
              start again.
            </p>
            <Button onClick={() => choose({ ...NO_FILTER, order: filter.order })}>Show all models</Button>
          </EmptyState>
        ) : format === "cards" ? (
          <ModelCards models={visible} picked={picked} onPick={pick} />
        ) : (
          <ModelTable
            models={visible}
            order={order}
            onOrder={(chosen) => choose({ order: chosen })}
            hasSpeeds={hasSpeeds}
            picked={picked}
            onPick={pick}
          />
        )}
        {visible.length < shown.length && (
          <div ref={end} className="flex flex-wrap items-center gap-3 py-4 text-dense text-muted">
            {visible.length} of {shown.length} shown
            <Button size="small" onClick={more}>
              Show more
            </Button>
          </div>
        )}
        <CompareBar
          picked={known(picked)}
          onRemove={pick}
          onClear={() => setPicked([])}
          onCompare={() => {
            change({ compared: picked });
            window.scrollTo({ top: 0 });
          }}
        />
      </div>
      <Sheet open={hasOpenSheet} onClose={() => setOpenSheet(false)} title="Filters">
        {filters}
        <div className="sticky -bottom-5 -mx-5 mt-6 -mb-5 flex items-center justify-between gap-3 border-t bg-raised px-5 py-3">
          <Button
            variant="quiet"
            disabled={choices === 0}
            onClick={() => choose({ ...NO_FILTER, q: filter.q, order: filter.order })}
          >
            Clear
          </Button>
          <Button variant="primary" onClick={() => setOpenSheet(false)}>
            Show {shown.length} {shown.length === 1 ? "model" : "models"}
          </Button>
        </div>
      </Sheet>
    </div>
  );
}

/** What is looked for, or best in its field, comes first unless another order is asked for. */
function hasOwnOrder({ q, category }: ModelFilter): boolean {
  return q !== "" || category !== undefined;
}
