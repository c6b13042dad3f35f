"use client";

import { Check, ChevronDown } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CONTROL_STYLE } from "@/components/ui/control-style";
import { Dialog } from "@/components/ui/dialog";
import { formatCompact } from "@/components/ui/format-compact";
import { formatUsd } from "@/components/ui/format-usd";
import type { ChatModel } from "@/lib/schemas/chat-model";
import { searchModels } from "./search-models";

type ModelPickerProps = {
  models: readonly ChatModel[];
  modelId: string;
  onChoose: (modelId: string) => void;
};

export function ModelPicker({ models, modelId, onChoose }: ModelPickerProps) {
  const [isOpen, setOpen] = useState(false);
  const chosen = models.find((model) => model.id === modelId);
  return (
    <>
      <Button
        variant="quiet"
        size="small"
        className="max-w-full"
        aria-haspopup="dialog"
        aria-label={`Model: ${chosen?.name ?? modelId}. Choose another`}
        onClick={() => setOpen(true)}
      >
        <span className="truncate">{chosen?.name ?? modelId}</span>
        <ChevronDown aria-hidden="true" />
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title="Choose a model">
        <ModelSearch
          models={models}
          modelId={modelId}
          onChoose={(id) => {
            onChoose(id);
            setOpen(false);
          }}
        />
      </Dialog>
    </>
  );
}

function ModelSearch({ models, modelId, onChoose }: ModelPickerProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const found = searchModels(models, query);
  const [activeId, setActiveId] = useState(modelId);
  const activeIndex = Math.max(
    0,
    found.findIndex((model) => model.id === activeId),
  );
  const active = found[activeIndex];
  const optionId = (index: number) => `${id}-option-${index}`;

  const moveTo = (index: number) => {
    const next = found[Math.min(Math.max(index, 0), found.length - 1)];
    if (next === undefined) return;
    setActiveId(next.id);
    list.current?.children.item(found.indexOf(next))?.scrollIntoView({ block: "nearest" });
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
    <div className="grid gap-3">
      <label htmlFor={`${id}-search`} className="sr-only">
        Search models
      </label>
      <input
        id={`${id}-search`}
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={active === undefined ? undefined : optionId(activeIndex)}
        aria-autocomplete="list"
        autoComplete="off"
        data-initial-focus
        placeholder="Name or id"
        value={query}
        className={CONTROL_STYLE}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <p role="status" className={cn("text-muted text-sm", found.length === 0 && "py-6")}>
        {found.length === 0
          ? "No model is called that."
          : `${found.length} models; prices in USD per million tokens, in → out`}
      </p>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Models"
        tabIndex={-1}
        className="-mx-2 max-h-[min(24rem,50dvh)] overflow-y-auto"
      >
        {found.map((model, index) => (
          <ModelOption
            key={model.id}
            id={optionId(index)}
            model={model}
            isChosen={model.id === modelId}
            isActive={index === activeIndex}
            onChoose={() => onChoose(model.id)}
          />
        ))}
      </div>
    </div>
  );
}

type ModelOptionProps = {
  id: string;
  model: ChatModel;
  isChosen: boolean;
  isActive: boolean;
  onChoose: () => void;
};

function ModelOption({ id, model, isChosen, isActive, onChoose }: ModelOptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field holds the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: as above; aria-activedescendant points here
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      className={cn(
        "grid scroll-my-1 grid-cols-[minmax(0,1fr)_auto] gap-x-3 rounded-control px-2 py-2 text-sm hover:bg-sunken",
        isActive && "bg-sunken",
      )}
      onClick={onChoose}
    >
      <span className="flex min-w-0 items-center gap-2 font-medium">
        <span className="truncate">{model.name}</span>
        {isChosen && <Check aria-hidden="true" className="text-signal" />}
      </span>
      <span className="text-end text-muted">
        {model.isFree ? (
          <Badge tone="signal">free</Badge>
        ) : (
          `${formatUsd(model.promptPrice)} → ${formatUsd(model.completionPrice)}`
        )}
      </span>
      <span className="truncate font-mono text-muted text-xs">{model.id}</span>
      <span className="text-end text-muted text-xs">{formatCompact(model.contextTokens)} context</span>
    </div>
  );
}
