"use client";

import { z } from "zod";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { TextField } from "@/components/ui/text-field";
import { toast } from "@/components/ui/toast";
import { showRefusal, useZodForm } from "@/components/ui/use-zod-form";
import { Specimen } from "./specimen";

const schema = z.object({
  name: z.string().trim().min(1, "must not be empty"),
  limit: z.string().regex(/^\d*(\.\d+)?$/, "must be an amount in USD, such as 25 or 2.50"),
});

/** How a form is written: the schema decides, errors stand by their fields, the server's as well. */
export function FormSpecimen() {
  const form = useZodForm(schema, { name: "", limit: "" });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async ({ name }) => {
    if (name === "taken") {
      showRefusal(form, Object.assign(new Error("is taken already"), { field: "name" }), ["name", "limit"]);
      return;
    }
    toast({ title: "Saved", description: name });
  });

  return (
    <Specimen id="form" title="Form">
      <form onSubmit={submit} noValidate className="grid max-w-md gap-5">
        <TextField
          label="Name of the form's key"
          hint="The server refuses “taken”."
          error={errors.name?.message}
          {...form.register("name")}
        />
        <TextField
          label="Limit of the form's key"
          prefix="$"
          optional
          inputMode="decimal"
          error={errors.limit?.message}
          {...form.register("limit")}
        />
        <FormActions error={errors.root?.message}>
          <Button variant="quiet" onClick={() => form.reset()}>
            Start over
          </Button>
          <Button type="submit" variant="primary" busy={isSubmitting}>
            Save
          </Button>
        </FormActions>
      </form>
    </Specimen>
  );
}
