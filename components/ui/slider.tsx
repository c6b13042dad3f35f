"use client";

import { Slider as Primitive } from "radix-ui";
import { type ReactNode, useId } from "react";
import { useHydrated } from "./use-hydrated";

type SliderProps = {
  label: string;
  /** One value for one handle, two for a range. */
  value: readonly [number] | readonly [number, number];
  min: number;
  max: number;
  step?: number;
  onChange: (value: number[]) => void;
  /** Called when the handle is let go: for what is costly. */
  onCommit?: (value: number[]) => void;
  /** The value in words and with its unit, as it is shown and announced. */
  format?: (value: number) => string;
  hint?: ReactNode;
  disabled?: boolean;
};

const HANDLES = [["Value"], ["From", "To"]] as const;

export function Slider({
  label,
  value,
  min,
  max,
  step = 1,
  onChange,
  onCommit,
  format = String,
  hint,
  disabled = false,
}: SliderProps) {
  const id = useId();
  const isAlive = useHydrated();
  const names = HANDLES[value.length - 1] ?? HANDLES[0];
  return (
    <div className="grid gap-1">
      <div className="flex items-baseline justify-between gap-4 text-sm">
        <span id={id} className="font-medium">
          {label}
        </span>
        <output className="text-dense text-muted">{value.map(format).join(" – ")}</output>
      </div>
      <div className="flex h-6 items-center">
        {isAlive ? (
          <Primitive.Root
            value={[...value]}
            min={min}
            max={max}
            step={step}
            disabled={disabled}
            onValueChange={onChange}
            {...(onCommit === undefined ? {} : { onValueCommit: onCommit })}
            className="relative flex h-6 w-full touch-none select-none items-center data-disabled:opacity-50"
          >
            <Primitive.Track className="relative h-[3px] grow rounded-full bg-edge/60">
              <Primitive.Range className="absolute h-full rounded-full bg-signal" />
            </Primitive.Track>
            {names.map((name, index) => (
              <Primitive.Thumb
                key={name}
                aria-label={value.length === 1 ? label : `${label}: ${name.toLowerCase()}`}
                aria-valuetext={format(value[index] ?? min)}
                className="block h-5 w-2.5 rounded-tag border border-signal bg-raised transition-colors hover:bg-signal-wash"
              />
            ))}
          </Primitive.Root>
        ) : (
          <span className="h-[3px] w-full rounded-full bg-edge/60" />
        )}
      </div>
      {hint !== undefined && <p className="text-dense text-muted">{hint}</p>}
    </div>
  );
}
