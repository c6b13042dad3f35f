"use client";

import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { TextField } from "@/components/ui/text-field";
import { useZodForm } from "@/components/ui/use-zod-form";
import { type ToolServer, type TypedToolServer, toolServerFormSchema } from "@/lib/schemas/tool-settings";

const EMPTY: TypedToolServer = { url: "", name: "", headerName: "Authorization", headerValue: "" };

type ToolServerFormProps = {
  /** The server to change; without one it is a new one. */
  server?: ToolServer;
  onSave: (typed: z.output<typeof toolServerFormSchema>) => void;
  onCancel?: () => void;
};

/** Where a tool server is, and the key it is asked with. */
export function ToolServerForm({ server, onSave, onCancel }: ToolServerFormProps) {
  const form = useZodForm(toolServerFormSchema, server === undefined ? EMPTY : typedOf(server));
  const { errors } = form.formState;
  return (
    <form
      noValidate
      aria-label={server === undefined ? "Add a tool server" : `Change ${server.name}`}
      className="grid items-start gap-3 sm:grid-cols-2"
      // The form is drawn in a dialog of the chat; nothing above it may take its submission for one of its own.
      onSubmit={(event) => {
        event.stopPropagation();
        void form.handleSubmit(onSave)(event);
      }}
    >
      <TextField
        label="Address"
        inputMode="url"
        autoComplete="off"
        placeholder="https://tools.example.com/mcp"
        error={errors.url?.message}
        {...form.register("url")}
      />
      <TextField
        label="Name"
        optional
        autoComplete="off"
        hint="Stands before the names of its tools."
        error={errors.name?.message}
        {...form.register("name")}
      />
      <TextField
        label="Header"
        autoComplete="off"
        hint="Where it expects the key, such as X-Api-Key."
        error={errors.headerName?.message}
        {...form.register("headerName")}
      />
      <TextField
        label="Key"
        optional
        type="password"
        autoComplete="off"
        hint="Kept in this browser only."
        error={errors.headerValue?.message}
        {...form.register("headerValue")}
      />
      <div className="sm:col-span-2">
        <FormActions>
          {onCancel !== undefined && (
            <Button variant="quiet" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit">{server === undefined ? "Add server" : "Save"}</Button>
        </FormActions>
      </div>
    </form>
  );
}

function typedOf({ url, name, header }: ToolServer): TypedToolServer {
  return { url, name, headerName: header?.name ?? EMPTY.headerName, headerValue: header?.value ?? "" };
}
