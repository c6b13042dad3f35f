"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormActions } from "@/components/ui/form-actions";
import { TextField } from "@/components/ui/text-field";
import { TextareaField } from "@/components/ui/textarea-field";
import { useZodForm } from "@/components/ui/use-zod-form";
import type { RoomModel } from "@/lib/schemas/chatroom";
import type { ModelParameters } from "@/lib/schemas/model-parameters";
import { modelParametersFormSchema, NUMBERS, typedModelParameters } from "./model-parameters-form";

type ModelSettingsProps = {
  model: RoomModel;
  name: string;
  onSave: (parameters: ModelParameters) => void;
  onClose: () => void;
};

/** How one model of a room is asked. What is left empty is the model's own choice. */
export function ModelSettings({ model, name, onSave, onClose }: ModelSettingsProps) {
  const form = useZodForm(modelParametersFormSchema, typedModelParameters(model.parameters));
  const { errors } = form.formState;
  return (
    <Dialog open onClose={onClose} title={name} description="What is left empty is the model's own choice.">
      <form noValidate className="grid gap-5" onSubmit={form.handleSubmit(onSave)}>
        <div className="grid items-start gap-4 sm:grid-cols-3">
          {NUMBERS.map(({ name: field, label, range }) => (
            <TextField
              key={field}
              label={label}
              hint={range}
              inputMode="decimal"
              autoComplete="off"
              error={errors[field]?.message}
              {...form.register(field)}
            />
          ))}
        </div>
        <TextareaField
          label="System prompt for this model"
          hint="In place of the room's."
          {...form.register("systemPrompt")}
        />
        <FormActions>
          <Button variant="quiet" onClick={() => onSave({})}>
            Reset
          </Button>
          <Button variant="primary" type="submit">
            Save
          </Button>
        </FormActions>
      </form>
    </Dialog>
  );
}
