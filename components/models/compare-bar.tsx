"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { MAX_COMPARED } from "./models-view";

type CompareBarProps = {
  picked: readonly { id: string; name: string }[];
  onRemove: (id: string) => void;
  onClear: () => void;
  onCompare: () => void;
};

/** What was picked to be put side by side, in sight while the list scrolls. */
export function CompareBar({ picked, onRemove, onClear, onCompare }: CompareBarProps) {
  if (picked.length === 0) return null;
  return (
    <section
      aria-label="Picked for comparison"
      className="sticky bottom-0 z-10 -mx-2 mt-4 flex animate-arrive flex-wrap items-center gap-x-3 gap-y-2 rounded-t-panel bg-raised px-4 py-2.5 shadow-float"
    >
      <p role="status" className="text-dense text-muted">
        {picked.length} of {MAX_COMPARED}
      </p>
      <ul className="flex min-w-0 flex-1 flex-wrap gap-x-3 gap-y-1">
        {picked.map(({ id, name }) => (
          <li key={id} className="flex min-w-0 items-center gap-0.5 text-dense">
            <span className="truncate">{name}</span>
            <IconButton label={`Take ${name} out`} size="small" className="size-6" onClick={() => onRemove(id)}>
              <X aria-hidden="true" className="size-3.5" />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="flex gap-1.5">
        <Button variant="quiet" size="small" onClick={onClear}>
          Clear
        </Button>
        <Button variant="primary" size="small" disabled={picked.length < 2} onClick={onCompare}>
          Compare
        </Button>
      </div>
    </section>
  );
}
