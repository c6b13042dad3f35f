import { readChatFile, UnreadableChatFile, writeChatFile } from "@/lib/chatroom/chat-file";
import { base64Of, blobOfBase64 } from "@/lib/chatroom/file-contents";
import type { ChatHome } from "../state/chat-home";
import { newId } from "../state/new-id";

/** Saves rooms with all of their files as one file of the person's. */
export async function saveRooms(home: ChatHome, roomIds: readonly string[]): Promise<void> {
  const store = home.roomStore;
  const rooms = [];
  const files = [];
  for (const id of roomIds) {
    const room = await store.getRoom(id);
    if (room === undefined) continue;
    rooms.push({ room, turns: await store.getTurns(id) });
    for (const { blob, ...reference } of await store.getFiles(id)) {
      files.push({ ...reference, data: await base64Of(blob) });
    }
  }
  const [only] = rooms;
  const name = rooms.length === 1 && only !== undefined ? slugOf(only.room.title) : "all-rooms";
  const file = writeChatFile(rooms, files, Date.now());
  save(new Blob([JSON.stringify(file)], { type: "application/json" }), `chat-${name}.json`);
}

/** Adds the rooms of a chosen file. @returns how many, and where they came from. @throws UnreadableChatFile, StorageFull */
export async function loadRooms(home: ChatHome, file: File): Promise<{ count: number; from: string }> {
  const imported = readChatFile(await file.text(), newId);
  if (imported.rooms.length === 0) throw new UnreadableChatFile("There is no room in this file.");
  await home.keptStore.importRooms(
    imported.rooms,
    imported.files.map(({ data, ...reference }) => ({ ...reference, blob: blobOfBase64(data, reference.mediaType) })),
  );
  await home.refreshRooms();
  return { count: imported.rooms.length, from: imported.from };
}

function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return slug === "" ? "room" : slug.slice(0, 40);
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
