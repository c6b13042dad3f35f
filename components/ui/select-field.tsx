"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { CONTROL_STYLE } from "./control-style";
import { Field } from "./field";

type SelectFieldProps = ComponentProps<"select"> & {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
};

export function SelectField({ label, hint, error, optional, className, ...select }: SelectFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => <select {...select} {...control} className={cn(CONTROL_STYLE, className)} />}
    </Field>
  );
}
