"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";
import { FieldError, type FieldTexts } from "./field";

type RadioOption<Value extends string> = { value: Value; label: ReactNode; hint?: ReactNode; disabled?: boolean };

type RadioGroupProps<Value extends string> = FieldTexts &
  Omit<ComponentProps<"input">, "type" | "value" | "onChange" | "defaultValue"> & {
    options: readonly RadioOption<Value>[];
    /** Left out where react-hook-form keeps the value. */
    value?: Value;
    onChange?: ComponentProps<"input">["onChange"];
    /** Beside each other; they wrap where there is no room. */
    inline?: boolean;
  };

/** One of a few values, all of them in sight. */
export function RadioGroup<Value extends string>({
  label,
  hint,
  error,
  optional = false,
  options,
  value,
  inline = false,
  name,
  ...input
}: RadioGroupProps<Value>) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = hint !== undefined || error !== undefined;
  return (
    <fieldset className="grid gap-1.5" aria-describedby={hasNote ? noteId : undefined}>
      <legend className="mb-1 font-medium text-sm">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </legend>
      <div className={cn("grid gap-1", inline && "flex flex-wrap gap-x-6")}>
        {options.map((option) => (
          <label key={option.value} className="group flex items-start gap-2.5 py-1 text-sm has-disabled:opacity-50">
            <input
              {...input}
              type="radio"
              name={name ?? id}
              value={option.value}
              {...(value === undefined ? {} : { checked: value === option.value })}
              disabled={option.disabled}
              className="mt-[0.1875rem] size-4 shrink-0 appearance-none rounded-full border border-edge bg-raised transition-[border-width,border-color] checked:border-[5px] checked:border-signal group-hover:border-ink checked:group-hover:border-signal-strong"
            />
            <span>
              {option.label}
              {option.hint !== undefined && <span className="block text-dense text-muted">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error !== undefined && <FieldError id={noteId}>{error}</FieldError>}
      {error === undefined && hint !== undefined && (
        <p id={noteId} className="text-dense text-muted">
          {hint}
        </p>
      )}
    </fieldset>
  );
}
