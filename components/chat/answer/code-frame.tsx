import type { ReactNode } from "react";

type CodeFrameProps = {
  /** What is in it: a language. */
  label: string;
  action: ReactNode;
  children: ReactNode;
};

/** The box of what a model wrote or drew, with its name and what can be done with it. */
export function CodeFrame({ label, action, children }: CodeFrameProps) {
  return (
    <figure className="overflow-hidden rounded-control border bg-sunken">
      <figcaption className="flex items-center justify-between gap-3 border-b py-0.5 ps-3.5 pe-1">
        <span className="font-mono text-muted text-xs">{label}</span>
        <span className="flex items-center gap-1">{action}</span>
      </figcaption>
      {children}
    </figure>
  );
}
