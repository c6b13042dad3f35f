import type { FileReference } from "@/lib/schemas/chatroom";
import { blobOfDataUrl } from "./file-contents";
import type { RoomKeeper } from "./room-keeper";
import type { RoomStore } from "./room-store";

/** Keeps a picture that a model drew as a file of its room. @returns the name that the answer gives it */
export function keepPicture(
  url: string,
  { id, roomId }: { id: string; roomId: string },
  store: Pick<RoomStore, "saveFile">,
  keeper: RoomKeeper,
): FileReference {
  const blob = blobOfDataUrl(url);
  const mediaType = blob?.type ?? "image/png";
  const name = `picture.${mediaType.split("/")[1] ?? "png"}`;
  const reference: FileReference = { id, name, mediaType, kind: "image", bytes: blob?.size ?? 0 };
  if (blob !== undefined) void keeper.keep(id, () => store.saveFile({ ...reference, roomId, blob }));
  return reference;
}
