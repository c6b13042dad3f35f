import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { formatBytes } from "@/components/ui/format-bytes";
import type { Excerpt } from "@/lib/chatroom/find-words";
import type { Room } from "@/lib/schemas/chatroom";
import { RoomExcerpt } from "./room-excerpt";

type PickableRoomProps = {
  room: Room;
  excerpt: Excerpt | undefined;
  /** `undefined` until it is known. */
  bytes: number | undefined;
  isPicked: boolean;
  onPick: (isPicked: boolean) => void;
};

/** One room of the list while several are chosen, with what it takes. */
export function PickableRoom({ room, excerpt, bytes, isPicked, onPick }: PickableRoomProps) {
  return (
    <Checkbox
      checked={isPicked}
      onChange={(event) => onPick(event.target.checked)}
      className={cn(
        "rounded-control px-2 py-1.5 text-dense hover:bg-hover [&>span]:min-w-0 [&>span]:flex-1",
        isPicked && "bg-hover",
      )}
    >
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate">{room.title === "" ? "Untitled" : room.title}</span>
        {bytes !== undefined && <span className="shrink-0 text-muted text-xs tabular-nums">{formatBytes(bytes)}</span>}
      </span>
      {excerpt !== undefined && <RoomExcerpt excerpt={excerpt} />}
    </Checkbox>
  );
}
