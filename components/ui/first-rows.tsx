"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./button";

type FirstRowsProps<Row> = {
  rows: readonly Row[];
  /** So many are shown at first. */
  count: number;
  children: (shown: readonly Row[]) => ReactNode;
};

/** The first of a list that is complete already; the others at a click, in place. What the server pages is paged by it. */
export function FirstRows<Row>({ rows, count, children }: FirstRowsProps<Row>) {
  const [isOpen, setOpen] = useState(false);
  // A button for a single row would take the room of the row.
  const isFolded = !isOpen && rows.length > count + 1;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {children(isFolded ? rows.slice(0, count) : rows)}
      {rows.length > count + 1 && (
        <div>
          <Button size="small" variant="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? `Show the first ${count}` : `Show all ${rows.length}`}
          </Button>
        </div>
      )}
    </div>
  );
}
