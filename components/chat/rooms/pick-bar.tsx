"use client";

import { Download, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatBytes } from "@/components/ui/format-bytes";
import { Meter } from "@/components/ui/meter";
import { toast } from "@/components/ui/toast";
import { useChat } from "../chat-context";
import { useRoomFiles } from "./use-room-files";
import type { RoomSizes } from "./use-room-sizes";

const NEARLY_FULL = 0.9;

type PickBarProps = {
  picked: readonly string[];
  sizes: RoomSizes;
  /** The browser has refused to keep more. */
  isFull: boolean;
  onDone: () => void;
};

/** What can be done with the chosen rooms, and how much space they and all the others take. */
export function PickBar({ picked, sizes, isFull, onDone }: PickBarProps) {
  const { home } = useChat();
  const { exportRooms } = useRoomFiles();
  const [isDeleting, setDeleting] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { space } = sizes;
  const count = `${picked.length} ${picked.length === 1 ? "room" : "rooms"}`;
  const bytes = picked.reduce((sum, id) => sum + (sizes.bytes.get(id) ?? 0), 0);
  const remove = async () => {
    setBusy(true);
    await home.deleteRooms(picked);
    setBusy(false);
    setDeleting(false);
    toast({ title: `${count} deleted` });
    onDone();
  };

  return (
    <section aria-label="Chosen rooms" className="grid gap-2.5 border-t p-3">
      {space !== null && <SpaceUsed {...space} isFull={isFull} />}
      <div className="flex gap-2">
        <Button size="small" className="flex-1" disabled={picked.length === 0} onClick={() => exportRooms(picked)}>
          <Download aria-hidden="true" />
          Export
        </Button>
        <Button
          size="small"
          variant="danger"
          className="flex-1"
          disabled={picked.length === 0}
          onClick={() => setDeleting(true)}
        >
          <Trash2 aria-hidden="true" />
          Delete
        </Button>
      </div>
      <ConfirmDialog
        open={isDeleting}
        onClose={() => setDeleting(false)}
        title={`Delete ${count}?`}
        description={`That frees about ${formatBytes(bytes)}. Rooms are kept in this browser only, so nobody can bring them back: export them first if you may need them.`}
        confirmLabel={`Delete ${count}`}
        cancelLabel="Keep them"
        isBusy={isBusy}
        onConfirm={() => void remove()}
      />
    </section>
  );
}

type SpaceUsedProps = { usedBytes: number; allBytes: number; isFull: boolean };

function SpaceUsed({ usedBytes, allBytes, isFull }: SpaceUsedProps) {
  // Chromium names the same large figure to every site, however little there is: it is not shown where it is refuted.
  if (isFull && usedBytes < allBytes * NEARLY_FULL) {
    return <p className="text-muted text-xs">{formatBytes(usedBytes)} used; the browser gives no more.</p>;
  }
  const text = `${formatBytes(usedBytes)} of ${formatBytes(allBytes)}`;
  return (
    <div className="grid gap-1 text-muted text-xs">
      <p>{text} of this browser's space used</p>
      <Meter label="Space of this browser" value={usedBytes} max={allBytes} text={text} />
    </div>
  );
}
