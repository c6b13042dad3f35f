"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CONTROL_STYLE } from "@/components/ui/control-style";
import { Dialog } from "@/components/ui/dialog";
import { formatCompact } from "@/components/ui/format-compact";
import { formatUsd } from "@/components/ui/format-usd";
import { Select } from "@/components/ui/select";
import type { ChatModel } from "@/lib/schemas/chat-model";
import { MODEL_FILTERS, type ModelFilter, type ModelOrder, searchModels } from "./search-models";

type ModelPickerProps = {
  title: string;
  models: readonly ChatModel[];
  /** Marked in the list. */
  chosenIds: ReadonlySet<string>;
  initialFilters?: readonly ModelFilter[];
  onChoose: (modelId: string) => void;
  onClose: () => void;
};

/** More than anybody looks through without typing. */
const MAX_SHOWN = 150;
const FILTERS: readonly ModelFilter[] = ["free", "image", "file", "audio", "draws", "tools", "reasons"];

/** Finds a model by a part of its name, by what it can do, and by its price. */
export function ModelPicker({ title, models, chosenIds, initialFilters = [], onChoose, onClose }: ModelPickerProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [filters, setFilters] = useState(initialFilters);
  const [order, setOrder] = useState<ModelOrder>("newest");
  const [activeId, setActiveId] = useState("");
  const found = searchModels(models, query, filters, order);
  const shown = found.slice(0, MAX_SHOWN);
  const activeIndex = Math.max(
    0,
    shown.findIndex((model) => model.id === activeId),
  );
  const active = shown[activeIndex];
  const optionId = (index: number) => `${id}-option-${index}`;

  const moveTo = (index: number) => {
    const next = shown[Math.min(Math.max(index, 0), shown.length - 1)];
    if (next === undefined) return;
    setActiveId(next.id);
    list.current?.children.item(shown.indexOf(next))?.scrollIntoView({ block: "nearest" });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      moveTo(activeIndex + step);
    } else if (event.key === "Enter" && active !== undefined) {
      event.preventDefault();
      onChoose(active.id);
    }
  };

  return (
    <Dialog open onClose={onClose} title={title}>
      <div className="grid gap-3">
        <div className="flex gap-2">
          <input
            id={`${id}-search`}
            type="search"
            role="combobox"
            aria-label="Search models"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={active === undefined ? undefined : optionId(activeIndex)}
            aria-autocomplete="list"
            autoComplete="off"
            data-initial-focus
            placeholder="Name or id"
            value={query}
            className={CONTROL_STYLE}
            onChange={(event) => {
              setQuery(event.target.value);
              setActiveId("");
            }}
            onKeyDown={onKeyDown}
          />
          <span className="w-32 shrink-0">
            <Select
              aria-label="Order"
              value={order}
              onChange={({ target: { value } }) =>
                setOrder(value === "cheapest" ? "cheapest" : value === "context" ? "context" : "newest")
              }
            >
              <option value="newest">Newest</option>
              <option value="cheapest">Cheapest</option>
              <option value="context">Context</option>
            </Select>
          </span>
        </div>
        <div className="flex flex-wrap items-center gap-1">
          {FILTERS.map((name) => (
            <Button
              key={name}
              size="small"
              variant="quiet"
              aria-pressed={filters.includes(name)}
              className={cn("px-2", filters.includes(name) && "bg-signal-wash text-signal")}
              onClick={() =>
                setFilters(filters.includes(name) ? filters.filter((one) => one !== name) : [...filters, name])
              }
            >
              {MODEL_FILTERS[name].label}
            </Button>
          ))}
        </div>
        <p role="status" className="text-muted text-xs">
          {found.length === 0
            ? "No model is like that."
            : `${found.length} models; prices in USD per million tokens, in → out`}
        </p>
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label="Models"
          tabIndex={-1}
          className="-mx-2 h-[min(24rem,45dvh)] overflow-y-auto"
        >
          {shown.map((model, index) => (
            <ModelOption
              key={model.id}
              id={optionId(index)}
              model={model}
              isChosen={chosenIds.has(model.id)}
              isActive={index === activeIndex}
              onChoose={() => onChoose(model.id)}
            />
          ))}
        </div>
      </div>
    </Dialog>
  );
}

type ModelOptionProps = { id: string; model: ChatModel; isChosen: boolean; isActive: boolean; onChoose: () => void };

function ModelOption({ id, model, isChosen, isActive, onChoose }: ModelOptionProps) {
  const can = [
    model.inputs.includes("image") && "sees",
    model.outputs.includes("image") && "draws",
    model.inputs.includes("audio") && "hears",
    model.reasons && "reasons",
  ].filter((word) => word !== false);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field holds the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: as above; aria-activedescendant points here
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      className={cn(
        "grid scroll-my-1 grid-cols-[minmax(0,1fr)_auto] gap-x-3 rounded-control px-2 py-1.5 text-sm hover:bg-hover",
        isActive && "bg-hover",
      )}
      onClick={onChoose}
    >
      <span className="flex min-w-0 items-center gap-2 font-medium">
        <span className="truncate">{model.name}</span>
        {isChosen && <Badge tone="signal">in the room</Badge>}
      </span>
      <span className="text-end text-muted">
        {model.isFree ? (
          <Badge tone="signal">free</Badge>
        ) : model.promptPrice < 0 ? (
          "varies"
        ) : (
          `${formatUsd(model.promptPrice)} → ${formatUsd(model.completionPrice)}`
        )}
      </span>
      <span className="truncate font-mono text-muted text-xs">{model.id}</span>
      <span className="text-end text-muted text-xs">{[formatCompact(model.contextTokens), ...can].join(" · ")}</span>
    </div>
  );
}
