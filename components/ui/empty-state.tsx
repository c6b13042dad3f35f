import type { ReactNode } from "react";

export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-3 border-y py-12">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </div>
  );
}
