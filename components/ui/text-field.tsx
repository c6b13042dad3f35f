"use client";

import type { ComponentProps } from "react";
import { Field, type FieldTexts } from "./field";
import { Input } from "./input";

type TextFieldProps = ComponentProps<typeof Input> & FieldTexts;

export function TextField({ label, hint, error, optional, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => <Input {...input} {...control} />}
    </Field>
  );
}
