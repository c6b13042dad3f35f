"use client";

import type { ComponentProps } from "react";
import { Field, type FieldTexts } from "./field";
import { Select } from "./select";

type SelectFieldProps = ComponentProps<"select"> & FieldTexts;

export function SelectField({ label, hint, error, optional, ...select }: SelectFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => <Select {...select} {...control} />}
    </Field>
  );
}
