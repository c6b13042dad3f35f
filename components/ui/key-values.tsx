import type { ReactNode } from "react";

/** Facts, each with its name. */
export function KeyValues({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] gap-x-6 text-sm [&>*]:border-b [&>*]:py-1.5">
      {children}
    </dl>
  );
}

export function KeyValue({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="-me-6 pe-6 text-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
