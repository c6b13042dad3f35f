import type { ReactNode } from "react";
import { Notice } from "./notice";

type FormActionsProps = {
  /** What is wrong with the whole, `form.formState.errors.root?.message`. */
  error?: string | undefined;
  /** The main button last. */
  children: ReactNode;
};

/** The end of a form: what is wrong with the whole of it, and its buttons. */
export function FormActions({ error, children }: FormActionsProps) {
  return (
    <div className="grid gap-4">
      {error !== undefined && <Notice tone="danger">{error}</Notice>}
      <div className="flex flex-wrap justify-end gap-2">{children}</div>
    </div>
  );
}
