import type { ReactNode } from "react";

/** One part of the kit. Its id is the name of its picture in the visual tests. */
export function Specimen({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} data-specimen={id} aria-labelledby={`${id}-title`} className="grid gap-5 border-t pt-4 pb-12">
      <h2 id={`${id}-title`} className="font-semibold text-lg">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Some states beside each other. */
export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-2 md:grid-cols-[9rem_minmax(0,1fr)] md:items-baseline">
      <h3 className="text-dense text-muted">{label}</h3>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </div>
  );
}
