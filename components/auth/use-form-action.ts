"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type SubmitEvent, startTransition, useActionState, useEffect } from "react";
import { type DefaultValues, type FieldValues, type Path, useForm } from "react-hook-form";
import type { z } from "zod";
import type { FormAction } from "./form-result";

/**
 * A form that is checked in the browser with the schema the server uses, then sent to a server action, whose findings
 * appear next to their fields too. Sent before the page has come alive, it posts to the same action without JavaScript.
 */
export function useFormAction<Input extends FieldValues, Output>(
  schema: z.ZodType<Output, Input>,
  defaultValues: DefaultValues<Input>,
  action: FormAction,
) {
  const [result, dispatch, isPending] = useActionState(action, {});
  const form = useForm<Input, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues,
    mode: "onTouched",
  });
  const { setError, handleSubmit } = form;

  useEffect(() => {
    for (const [field, message] of Object.entries(result.fields ?? {})) {
      setError(field as Path<Input>, { type: "server", message }, { shouldFocus: true });
    }
  }, [result, setError]);

  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    const data = new FormData(event.currentTarget);
    return handleSubmit(() => startTransition(() => dispatch(data)))(event);
  };

  return { form, result, isPending, formProps: { action: dispatch, onSubmit, noValidate: true } };
}
