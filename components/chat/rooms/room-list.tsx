import type { Found } from "@/lib/chatroom/find-words";
import type { RoomGroup } from "@/lib/chatroom/room-list";
import type { RoomHits } from "@/lib/chatroom/room-search";
import { useChat } from "../chat-context";
import { PickableRoom } from "./pickable-room";
import { RoomRow } from "./room-row";

/** Rooms that can be chosen: which are, and what each takes. */
export type RoomPicking = {
  picked: ReadonlySet<string>;
  bytes: ReadonlyMap<string, number>;
  onPick: (id: string, isPicked: boolean) => void;
};

type RoomListProps = {
  groups: readonly RoomGroup[];
  hits: RoomHits;
  /** `undefined` while rooms are opened and not chosen. */
  picking: RoomPicking | undefined;
  onOpen: (id: string, found: Found | undefined) => void;
};

/** Groups of rooms under their headings. */
export function RoomList({ groups, hits, picking, onOpen }: RoomListProps) {
  const { view } = useChat();
  return groups.map(({ label, rooms }) => (
    <section key={label} aria-label={label}>
      <h2 className="px-2 pt-3 pb-1 text-muted text-xs">{label}</h2>
      <ul>
        {rooms.map((room) => (
          <li key={room.id} data-keeps-focus>
            {picking === undefined ? (
              <RoomRow
                room={room}
                excerpt={hits.get(room.id)?.excerpt}
                isCurrent={room.id === view.room.id}
                onOpen={() => onOpen(room.id, hits.get(room.id))}
              />
            ) : (
              <PickableRoom
                room={room}
                excerpt={hits.get(room.id)?.excerpt}
                bytes={picking.bytes.get(room.id)}
                isPicked={picking.picked.has(room.id)}
                onPick={(isPicked) => picking.onPick(room.id, isPicked)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  ));
}
