"use client";

import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { Popover as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "./cn";
import { CONTROL_STYLE } from "./control-style";
import type { FieldControl } from "./field";

export type ComboboxOption = {
  value: string;
  label: string;
  /** A second line or a figure at the end. */
  detail?: ReactNode;
  /** What it is also found by. */
  keywords?: readonly string[];
  disabled?: boolean;
};

type ComboboxProps = {
  /** Its name, where no `Field` gives it one. */
  label: string;
  options: readonly ComboboxOption[];
  /** Chosen values; with one at most unless `multiple`. */
  value: readonly string[];
  onChange: (value: string[]) => void;
  multiple?: boolean;
  /** Shown while nothing is chosen. */
  placeholder?: string;
  /** From a `Field`. */
  control?: FieldControl;
  className?: string;
};

/** Chooses from many by typing a part of the name. */
export function Combobox({
  label,
  options,
  value,
  onChange,
  multiple = false,
  placeholder = "Choose",
  control,
  className,
}: ComboboxProps) {
  const [isOpen, setOpen] = useState(false);

  const toggle = (chosen: string) => {
    if (!multiple) {
      onChange([chosen]);
      setOpen(false);
      return;
    }
    onChange(value.includes(chosen) ? value.filter((other) => other !== chosen) : [...value, chosen]);
  };

  const text = value.map((chosen) => options.find((option) => option.value === chosen)?.label ?? chosen).join(", ");
  return (
    <Primitive.Root open={isOpen} onOpenChange={setOpen}>
      <Primitive.Trigger
        {...control}
        {...(control === undefined ? { "aria-label": text === "" ? label : `${label}: ${text}` } : {})}
        className={cn(CONTROL_STYLE, "flex items-center justify-between gap-2 text-start", className)}
      >
        <span className={cn("truncate", text === "" && "text-muted")}>{text === "" ? placeholder : text}</span>
        <ChevronDown aria-hidden="true" className="text-muted" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="z-50 w-max min-w-(--radix-popover-trigger-width) max-w-[min(28rem,calc(100vw-1rem))] animate-arrive rounded-panel bg-raised text-ink shadow-float"
        >
          <OptionList label={label} options={options} value={value} onToggle={toggle} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

type OptionListProps = {
  label: string;
  options: readonly ComboboxOption[];
  value: readonly string[];
  onToggle: (value: string) => void;
};

/** The search field and what it finds, for a place of its own, such as a side bar of filters. */
function OptionList({ label, options, value, onToggle }: OptionListProps) {
  return (
    <Command label={label} className="grid">
      <Command.Input
        placeholder="Type to search"
        className="w-full border-b bg-transparent px-3 py-2.5 text-base outline-none md:text-sm"
      />
      <Command.List className="max-h-72 overflow-y-auto overscroll-contain p-1">
        <Command.Empty className="px-2.5 py-4 text-muted text-sm">Nothing is called that.</Command.Empty>
        {options.map((option) => (
          <Command.Item
            key={option.value}
            value={option.value}
            keywords={[option.label, ...(option.keywords ?? [])]}
            disabled={option.disabled ?? false}
            onSelect={() => onToggle(option.value)}
            className="flex cursor-default select-none items-center gap-2 rounded-control px-2.5 py-1.5 text-sm data-[disabled=true]:opacity-50 data-[selected=true]:bg-hover"
          >
            <Check aria-hidden="true" className={cn("text-signal", !value.includes(option.value) && "opacity-0")} />
            <span className="wrap-anywhere min-w-0 flex-1">{option.label}</span>
            {value.includes(option.value) && <span className="sr-only">chosen</span>}
            {option.detail !== undefined && <span className="shrink-0 text-dense text-muted">{option.detail}</span>}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
