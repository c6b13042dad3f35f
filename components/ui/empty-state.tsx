import type { ReactNode } from "react";

/** Nothing here yet: what will be, and the way to the first one. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-3 border-y py-10">
      <h2 className="font-semibold text-base">{title}</h2>
      {children}
    </div>
  );
}
