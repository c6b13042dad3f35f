"use client";

import type { ComponentProps } from "react";
import { Field, type FieldTexts } from "./field";
import { Textarea } from "./textarea";

type TextareaFieldProps = ComponentProps<"textarea"> & FieldTexts;

export function TextareaField({ label, hint, error, optional, ...textarea }: TextareaFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => <Textarea {...textarea} {...control} />}
    </Field>
  );
}
