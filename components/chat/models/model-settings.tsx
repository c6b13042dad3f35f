"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { TextareaField } from "@/components/ui/textarea-field";
import { type ModelParameters, modelParametersSchema, type RoomModel } from "@/lib/schemas/chatroom";

const NUMBERS = [
  { name: "temperature", label: "Temperature", hint: "0 to 2" },
  { name: "top_p", label: "Top P", hint: "0 to 1" },
  { name: "top_k", label: "Top K", hint: "0 or more" },
  { name: "min_p", label: "Min P", hint: "0 to 1" },
  { name: "frequency_penalty", label: "Frequency penalty", hint: "−2 to 2" },
  { name: "presence_penalty", label: "Presence penalty", hint: "−2 to 2" },
  { name: "repetition_penalty", label: "Repetition penalty", hint: "0 to 2" },
  { name: "max_tokens", label: "Longest answer", hint: "in tokens" },
  { name: "seed", label: "Seed", hint: "a whole number" },
] as const satisfies readonly { name: keyof ModelParameters; label: string; hint: string }[];

type ModelSettingsProps = {
  model: RoomModel;
  name: string;
  onSave: (parameters: ModelParameters) => void;
  onClose: () => void;
};

/** How one model of a room is asked. What is left empty is the model's own choice. */
export function ModelSettings({ model, name, onSave, onClose }: ModelSettingsProps) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(NUMBERS.map(({ name: key }) => [key, String(model.parameters[key] ?? "")])),
  );
  const [systemPrompt, setSystemPrompt] = useState(model.parameters.systemPrompt ?? "");
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});

  const save = () => {
    const given = Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) => (value.trim() === "" ? [] : [[key, Number(value)]])),
    );
    const { data, error } = modelParametersSchema.safeParse({
      ...given,
      ...(systemPrompt.trim() === "" ? {} : { systemPrompt }),
    });
    if (data !== undefined) return onSave(data);
    setErrors(
      Object.fromEntries(
        (error?.issues ?? []).map(({ path }) => {
          const field = NUMBERS.find(({ name: key }) => key === path[0]);
          return [String(path[0]), `Must be ${field?.hint ?? "a number"}`];
        }),
      ),
    );
  };

  return (
    <Dialog open onClose={onClose} title={name} description="What is left empty is the model's own choice.">
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-3">
          {NUMBERS.map(({ name: key, label, hint }) => (
            <TextField
              key={key}
              label={label}
              hint={hint}
              inputMode="decimal"
              value={values[key] ?? ""}
              {...(errors[key] === undefined ? {} : { error: errors[key] })}
              onChange={(event) => setValues({ ...values, [key]: event.target.value })}
            />
          ))}
        </div>
        <TextareaField
          label="System prompt for this model"
          hint="In place of the room's."
          value={systemPrompt}
          onChange={(event) => setSystemPrompt(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button variant="quiet" onClick={() => onSave({})}>
            Reset
          </Button>
          <Button variant="primary" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
