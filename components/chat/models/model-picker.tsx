"use client";

import { Command } from "cmdk";
import { type KeyboardEvent, memo, useMemo, useState } from "react";
import { ActiveOption } from "@/components/ui/active-option";
import { Badge } from "@/components/ui/badge";
import { CONTROL_STYLE } from "@/components/ui/control-style";
import { Dialog } from "@/components/ui/dialog";
import { formatCompact } from "@/components/ui/format-compact";
import { formatUsd } from "@/components/ui/format-usd";
import type { ChatModel } from "@/lib/schemas/chat-model";
import { useIsWide } from "../use-is-wide";
import { ModelDescription } from "./model-description";
import { ModelSearchFilters, ModelSearchOrder } from "./model-search-fields";
import { ANY_MODEL, type ModelFilter, type ModelSearch, searchModels } from "./search-models";

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
/** As many as are in view at once. */
const PAGE = 8;

/** Finds a model by a part of its name, by what it can do, and by its price. */
export function ModelPicker({ title, models, chosenIds, initialFilters = [], onChoose, onClose }: ModelPickerProps) {
  const [search, setSearch] = useState<ModelSearch>({ ...ANY_MODEL, filters: initialFilters });
  const isWide = useIsWide();
  const found = useMemo(() => searchModels(models, search), [models, search]);
  const shown = found.slice(0, MAX_SHOWN);
  const change = (changes: Partial<ModelSearch>) => setSearch({ ...search, ...changes });

  return (
    <Dialog open onClose={onClose} title={title} width={isWide ? "wide" : "regular"}>
      {/* What is found is decided here, so that the order is that of a choice and not of a score. */}
      <Command
        label="Search models"
        shouldFilter={false}
        vimBindings={false}
        className="grid grid-cols-[minmax(0,1fr)] gap-3 outline-none"
      >
        <ActiveOption />
        <div className="flex gap-2">
          <Command.Input
            data-initial-focus
            value={search.query}
            onValueChange={(query) => change({ query })}
            onKeyDown={movePage}
            placeholder="Name or id"
            className={CONTROL_STYLE}
          />
          <ModelSearchOrder search={search} onChange={change} />
        </div>
        <ModelSearchFilters search={search} onChange={change} />
        <p role="status" className="text-muted text-xs">
          {found.length === 0
            ? "No model is like that."
            : `${found.length} models; prices in USD per million tokens, in → out`}
        </p>
        <div className="flex min-w-0 gap-6">
          <Command.List label="Models" className="-mx-2 h-[min(26rem,45dvh)] min-w-0 flex-1 overflow-y-auto">
            {shown.map((model) => (
              <ModelOption key={model.id} model={model} isChosen={chosenIds.has(model.id)} onChoose={onChoose} />
            ))}
          </Command.List>
          {isWide && <ModelDescription models={shown} />}
        </div>
      </Command>
    </Dialog>
  );
}

/** The list itself knows arrows, Home and End only; it takes what the pointer is on for its choice. */
function movePage(event: KeyboardEvent<HTMLInputElement>): void {
  const step = { PageDown: PAGE, PageUp: -PAGE }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const list = document.getElementById(event.currentTarget.getAttribute("aria-controls") ?? "");
  const options = [...(list?.querySelectorAll('[role="option"]') ?? [])];
  const index = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const next = options[Math.min(Math.max(index + step, 0), options.length - 1)];
  next?.dispatchEvent(new PointerEvent("pointermove", { bubbles: true }));
  next?.scrollIntoView({ block: "nearest" });
}

type ModelOptionProps = { model: ChatModel; isChosen: boolean; onChoose: (modelId: string) => void };

const ModelOption = memo(function ModelOption({ model, isChosen, onChoose }: ModelOptionProps) {
  const can = [
    model.inputs.includes("image") && "sees",
    model.outputs.includes("image") && "draws",
    model.inputs.includes("audio") && "hears",
    model.reasons && "reasons",
  ].filter((word) => word !== false);
  return (
    <Command.Item
      value={model.id}
      onSelect={() => onChoose(model.id)}
      className="grid scroll-my-1 select-none grid-cols-[minmax(0,1fr)_auto] gap-x-3 rounded-control px-2 py-1.5 text-sm data-[selected=true]:bg-hover"
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
    </Command.Item>
  );
});
