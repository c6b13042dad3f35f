"use client";

import { type ReactNode, useId } from "react";

export type FieldControl = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

/** What every labelled control takes besides its own properties. */
export type FieldTexts = {
  label: string;
  /** Said below the control; an error takes its place. */
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
};

type FieldProps = FieldTexts & { children: (control: FieldControl) => ReactNode };

/** A labelled control whose hint and error are announced with it. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const hasHint = hint !== undefined && error === undefined;
  const describedBy = error !== undefined ? errorId : hasHint ? hintId : undefined;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {children({
        id,
        "aria-describedby": describedBy,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {error !== undefined && <FieldError id={errorId}>{error}</FieldError>}
      {hasHint && (
        <p id={hintId} className="text-dense text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a control, right below it. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="text-danger text-dense first-letter:uppercase">
      {children}
    </p>
  );
}
