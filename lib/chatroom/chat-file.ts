import {
  type ChatExport,
  chatExportSchema,
  EXPORT_FORMAT,
  EXPORT_VERSION,
  type FileReference,
  type Turn,
} from "@/lib/schemas/chatroom";
import { interrupted } from "./answer-events";
import { roomFromForeign, type WholeRoom } from "./foreign-room";
import { readChatGpt, readOpenRouter, readOpenWebUi } from "./read-foreign";

/** A kept file with its bytes in base64. */
export type FileData = FileReference & { roomId: string; data: string };

export type ImportedChat = { rooms: WholeRoom[]; files: FileData[]; from: string };

/** A file that holds no chat we can read. The message is fit for the person who chose it. */
export class UnreadableChatFile extends Error {
  override readonly name = "UnreadableChatFile";
}

/** One file with rooms, their turns and all of their attachments. */
export function writeChatFile(rooms: readonly WholeRoom[], files: readonly FileData[], nowMs: number): ChatExport {
  return {
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    exportedAt: new Date(nowMs).toISOString(),
    rooms: rooms.map(({ room, turns }) => ({ ...room, turns: [...turns] })),
    files: [...files],
  };
}

/**
 * What a chosen file holds: an export of ours, or of OpenRouter's chatroom, Open WebUI or ChatGPT. Rooms of ours keep
 * their ids, so that a file that is read twice makes none twice.
 *
 * @throws UnreadableChatFile
 */
export function readChatFile(text: string, newId: () => string): ImportedChat {
  const file = parsed(text);
  const own = chatExportSchema.safeParse(file);
  if (own.success) {
    const rooms = own.data.rooms.map(({ turns, ...room }) => ({ room, turns: turns.map(withoutRunning) }));
    return { rooms, files: own.data.files, from: "Signalbox" };
  }
  if (isRecord(file) && file.format === EXPORT_FORMAT) {
    const [issue] = own.error.issues;
    throw new UnreadableChatFile(
      `The file is damaged at ${issue?.path.join(".") || "its beginning"}: ${issue?.message}.`,
    );
  }
  for (const { from, read } of FOREIGN) {
    const foreign = read(file);
    if (foreign !== undefined) return { rooms: foreign.map((room) => roomFromForeign(room, newId)), files: [], from };
  }
  throw new UnreadableChatFile(
    "This is no chat export that can be read: it must come from here, OpenRouter, Open WebUI or ChatGPT.",
  );
}

const FOREIGN = [
  { from: "OpenRouter", read: readOpenRouter },
  { from: "Open WebUI", read: readOpenWebUi },
  { from: "ChatGPT", read: readChatGpt },
] as const;

function withoutRunning(turn: Turn): Turn {
  return { ...turn, answers: turn.answers.map(interrupted) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableChatFile("The file is not JSON.");
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
