import { randomId } from "@/components/ui/random-id";
import { pathOf } from "@/lib/chatroom/branches";
import { readChatFile, UnreadableChatFile, writeChatFile } from "@/lib/chatroom/chat-file";
import { base64Of, blobOfBase64 } from "@/lib/chatroom/file-contents";
import type { WholeRoom } from "@/lib/chatroom/foreign-room";
import { namedFiles } from "@/lib/chatroom/named-files";
import { roomMarkdown } from "@/lib/chatroom/room-markdown";
import type { ChatHome } from "../state/chat-home";

/** Saves rooms with all of their files as one file of the person's. */
export async function saveRooms(home: ChatHome, roomIds: readonly string[]): Promise<void> {
  const rooms = [];
  const files = [];
  for (const id of roomIds) {
    const whole = await wholeRoom(home, id);
    if (whole === undefined) continue;
    rooms.push(whole);
    // Neither what was only added to a draft, nor what a deleted message named.
    const named = new Set(whole.turns.flatMap(namedFiles).map((file) => file.id));
    for (const { blob, ...reference } of await home.storeOf(id).getFiles(id)) {
      if (named.has(reference.id)) files.push({ ...reference, data: await base64Of(blob) });
    }
  }
  const [only] = rooms;
  const name = rooms.length === 1 && only !== undefined ? slugOf(only.room.title) : "rooms";
  const file = writeChatFile(rooms, files, Date.now());
  save(new Blob([JSON.stringify(file)], { type: "application/json" }), `chat-${name}.json`);
}

type NameOf = (modelId: string) => string;

/** Saves what is in view of a room as a document. */
export async function saveMarkdown(home: ChatHome, roomId: string, nameOf: NameOf): Promise<void> {
  const document = await documentOf(home, roomId, nameOf);
  if (document !== undefined) save(new Blob([document.text], { type: "text/markdown" }), `${document.name}.md`);
}

/**
 * Hands the same document to what the system shares files with. As plain text: systems take no markdown, and browsers
 * say so only when it is too late.
 */
export async function shareRoom(home: ChatHome, roomId: string, nameOf: NameOf): Promise<void> {
  const document = await documentOf(home, roomId, nameOf);
  if (document === undefined) return;
  try {
    await navigator.share({ title: document.title, files: [textFile(document.text, `${document.name}.txt`)] });
  } catch (error) {
    // The person has changed their mind.
    if (!(error instanceof DOMException) || error.name !== "AbortError") throw error;
  }
}

/** Adds the rooms of a chosen file. @returns how many, and where they came from. @throws UnreadableChatFile, StorageFull */
export async function loadRooms(home: ChatHome, file: File): Promise<{ count: number; from: string }> {
  const imported = readChatFile(await file.text(), randomId);
  if (imported.rooms.length === 0) throw new UnreadableChatFile("There is no room in this file.");
  const files = imported.files.map(({ data, ...reference }) => ({
    ...reference,
    blob: blobOfBase64(data, reference.mediaType),
  }));
  await home.importRooms(imported.rooms, files);
  return { count: imported.rooms.length, from: imported.from };
}

/** As it is kept; what could not be kept of it as it is in the page. */
async function wholeRoom(home: ChatHome, id: string): Promise<WholeRoom | undefined> {
  const session = home.sessionIn(id);
  if (session?.keeper.isBehind === true) {
    const { room, turns } = session.getView();
    return { room, turns: [...turns] };
  }
  const store = home.storeOf(id);
  const [room, turns] = await Promise.all([store.getRoom(id), store.getTurns(id)]);
  return room === undefined ? undefined : { room, turns };
}

async function documentOf(home: ChatHome, roomId: string, nameOf: NameOf) {
  const whole = await wholeRoom(home, roomId);
  if (whole === undefined) return undefined;
  const { title } = whole.room;
  return { title, name: slugOf(title), text: roomMarkdown(title, pathOf(whole.room, whole.turns), nameOf) };
}

function textFile(text: string, name: string): File {
  return new File([text], name, { type: "text/plain" });
}

function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40)
    .replace(/-$/, "");
  return slug === "" ? "room" : slug;
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
