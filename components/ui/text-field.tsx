"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { CONTROL_STYLE } from "./control-style";
import { Field } from "./field";

type TextFieldProps = ComponentProps<"input"> & {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
};

export function TextField({ label, hint, error, optional, className, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => <input {...input} {...control} className={cn(CONTROL_STYLE, className)} />}
    </Field>
  );
}
