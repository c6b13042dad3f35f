"use client";

import { CursorPagination } from "@/components/ui/cursor-pagination";
import { useOpenInAddress } from "@/components/ui/use-open-in-address";
import { writeActivityAddress } from "@/lib/activity-filter/write-activity-address";
import type { ActivityAddress } from "@/lib/schemas/activity-filter";
import type { ChargedGeneration, GenerationPage } from "@/lib/schemas/generation";
import { GenerationSheet } from "./generation-sheet";
import { GenerationTable } from "./generation-table";

type GenerationListProps = {
  page: GenerationPage;
  /** The view that the page belongs to. */
  address: ActivityAddress;
  /** What the address asks to be open, as far as it exists. */
  opened: ChargedGeneration | null;
};

/** Requests, with the details of one beside them. */
export function GenerationList({ page: { rows, newerCursor, olderCursor }, address, opened }: GenerationListProps) {
  const { openId, show, turnTo, close } = useOpenInAddress("generation");
  const place = rows.findIndex(({ id }) => id === openId);
  const open = rows[place] ?? (opened?.id === openId ? opened : null);
  const hrefOf = (cursor: Pick<ActivityAddress, "after" | "before">) =>
    writeActivityAddress({ ...address, after: undefined, before: undefined, generation: undefined, ...cursor });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {rows.length > 0 && <GenerationTable generations={rows} openId={open?.id} onOpen={show} />}
      <CursorPagination
        label="requests"
        newerHref={newerCursor === null ? undefined : hrefOf({ before: newerCursor })}
        olderHref={olderCursor === null ? undefined : hrefOf({ after: olderCursor })}
      />
      <GenerationSheet
        generation={open}
        loaded={opened}
        newerId={rows[place - 1]?.id}
        olderId={place === -1 ? undefined : rows[place + 1]?.id}
        onTurn={turnTo}
        onClose={close}
      />
    </div>
  );
}
