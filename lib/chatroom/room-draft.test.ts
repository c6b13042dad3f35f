import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { openIndexedRoomStore } from "./indexed-room-store";
import { RoomDraft } from "./room-draft";
import { type Draft, memoryRoomStore, type RoomStore, StorageFull } from "./room-store";

const file = { id: "f", name: "a.txt", mediaType: "text/plain", kind: "text", bytes: 1 } as const;
const draftIn = (store: RoomStore | null) => new RoomDraft({ roomId: "room", store, now: () => 7 });

test("what is written is there again in the next page", async () => {
  const store = await openIndexedRoomStore("drafts", () => undefined);
  const draft = draftIn(store);
  draft.change(() => ({ text: "Dear" }));
  draft.change(({ files }) => ({ files: [...files, file] }));
  await vi.waitFor(async () => expect((await store.getDraft("room"))?.files).toHaveLength(1));

  const again = draftIn(store);
  const heard = vi.fn();
  again.subscribe(heard);
  await again.load();
  expect(again.getState()).toEqual({ text: "Dear", files: [file] });
  expect(heard).toHaveBeenCalledOnce();

  again.change(() => ({ text: "", files: [] }));
  await vi.waitFor(async () => expect(await store.getDraft("room")).toBeUndefined());
});

test("while one is being kept only the newest waits", async () => {
  const kept: Draft[] = [];
  const waiting: (() => void)[] = [];
  const saveDraft = (draft: Draft) => {
    kept.push(draft);
    return new Promise<void>((resolve) => waiting.push(resolve));
  };
  const draft = draftIn({ ...memoryRoomStore(), saveDraft });
  for (const text of ["D", "De", "Dea", "Dear"]) draft.change(() => ({ text }));
  waiting.shift()?.();
  await vi.waitFor(() => expect(kept.map(({ text }) => text)).toEqual(["D", "Dear"]));
});

test("what was written before the kept one was read is not written over", async () => {
  const store = memoryRoomStore();
  await store.saveDraft({ roomId: "room", text: "old", files: [], changedMs: 1 });
  const draft = draftIn(store);
  const loading = draft.load();
  draft.change(() => ({ text: "new" }));
  await loading;
  expect(draft.getState().text).toBe("new");
});

test("a full browser takes nothing from the page, and the next change is tried again", async () => {
  const saveDraft = vi.fn(async () => Promise.reject(new StorageFull("full")));
  const draft = draftIn({ ...memoryRoomStore(), saveDraft });
  draft.change(() => ({ text: "a" }));
  await vi.waitFor(() => expect(saveDraft).toHaveBeenCalledTimes(1));
  await Promise.resolve();
  draft.change(() => ({ text: "ab" }));
  await vi.waitFor(() => expect(saveDraft).toHaveBeenCalledTimes(2));
  expect(draft.getState().text).toBe("ab");
});

test("a room that leaves no trace has its draft in the page alone", async () => {
  const draft = draftIn(null);
  draft.change(() => ({ text: "secret" }));
  await draft.load();
  expect(draft.getState().text).toBe("secret");
});
