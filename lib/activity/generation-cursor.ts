import type { GenerationPosition } from "./store";

const CURSOR = /^(\d{1,13})\.([\w-]{1,100})$/;

/** A cursor that says: from this generation on. Opaque to clients. */
export function cursorOf({ createdAt, id }: GenerationPosition): string {
  return Buffer.from(`${createdAt.getTime()}.${id}`).toString("base64url");
}

/** The place that a cursor stands for; `null` when it is none of ours, as in an address that was cut short. */
export function parseCursor(cursor: string): GenerationPosition | null {
  const [, createdMs, id] = CURSOR.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  return createdMs === undefined || id === undefined ? null : { createdAt: new Date(Number(createdMs)), id };
}
