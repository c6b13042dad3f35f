import { invalidField } from "@/lib/errors";
import type { GenerationPosition } from "./store";

const CURSOR = /^(\d{1,15})\.([\w-]{1,100})$/;

/** A cursor that says: after this generation. Opaque to clients. */
export function cursorOf({ createdAt, id }: GenerationPosition): string {
  return Buffer.from(`${createdAt.getTime()}.${id}`).toString("base64url");
}

/** @throws AppError `invalid_request` when it is none of ours. */
export function parseCursor(cursor: string): GenerationPosition {
  const [, createdMs, id] = CURSOR.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (createdMs === undefined || id === undefined) throw invalidField("cursor", "is not one that a page gave");
  return { createdAt: new Date(Number(createdMs)), id };
}
