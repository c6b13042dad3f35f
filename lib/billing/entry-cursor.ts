import type { EntryPosition } from "./entries/store";

const CURSOR = /^(\d{1,13})\.(\d{1,18})$/;

/** A cursor that says: from this entry on. Opaque to clients. */
export function entryCursorOf({ createdAt, id }: EntryPosition): string {
  return Buffer.from(`${createdAt.getTime()}.${id}`).toString("base64url");
}

/** The place that a cursor stands for; `null` when it is none of ours, as in an address that was cut short. */
export function parseEntryCursor(cursor: string): EntryPosition | null {
  const [, createdMs, id] = CURSOR.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  return createdMs === undefined || id === undefined
    ? null
    : { createdAt: new Date(Number(createdMs)), id: BigInt(id) };
}
