"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type DefaultValues, type FieldValues, type Path, type UseFormReturn, useForm } from "react-hook-form";
import type { z } from "zod";

/** A form that is checked with the schema the server uses, first when a field is left, then as it is mended. */
export function useZodForm<Input extends FieldValues, Output>(
  schema: z.ZodType<Output, Input>,
  defaultValues: DefaultValues<Input>,
): UseFormReturn<Input, unknown, Output> {
  return useForm<Input, unknown, Output>({ resolver: zodResolver(schema), defaultValues, mode: "onTouched" });
}

/** Puts what the server found wrong next to its field; without one, or with an unknown one, above the whole form. */
export function showRefusal<Input extends FieldValues, Output>(
  form: UseFormReturn<Input, unknown, Output>,
  error: Error & { field?: string | undefined },
  fields: readonly Path<Input>[],
): void {
  const field = fields.find((name) => name === error.field);
  form.setError(field ?? "root", { type: "server", message: error.message }, { shouldFocus: field !== undefined });
}
