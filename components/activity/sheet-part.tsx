import type { ReactNode } from "react";

/** A part of the detail sheet, under its heading. */
export function SheetPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}
