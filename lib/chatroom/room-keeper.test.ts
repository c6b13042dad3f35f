import { expect, test, vi } from "vitest";
import { RoomKeeper } from "./room-keeper";
import { StorageFull } from "./room-store";

function open() {
  const kept: string[] = [];
  const disk = { isFull: true };
  const onError = vi.fn();
  const keeper = new RoomKeeper(onError);
  const save = (what: () => string) => async () => {
    if (disk.isFull) throw new StorageFull("full");
    kept.push(what());
  };
  return { keeper, kept, disk, onError, save };
}

test("what had no space is kept in its newest form when there is some", async () => {
  const { keeper, kept, disk, onError, save } = open();
  let words = "Half";
  await keeper.keep(
    "turn",
    save(() => words),
  );
  words = "Half and half";
  await keeper.keep(
    "turn",
    save(() => words),
  );
  await keeper.keep(
    "room",
    save(() => "room"),
  );
  expect(keeper.isBehind).toBe(true);
  expect(onError).toHaveBeenCalledTimes(3);

  await keeper.catchUp();
  expect(keeper.isBehind).toBe(true);
  expect(onError).toHaveBeenCalledTimes(3);

  disk.isFull = false;
  await keeper.catchUp();
  expect(kept).toEqual(["Half and half", "room"]);
  expect(keeper.isBehind).toBe(false);
});

test("what is kept by itself in the meantime does not wait any more", async () => {
  const { keeper, disk, save } = open();
  await keeper.keep(
    "turn",
    save(() => "turn"),
  );
  disk.isFull = false;
  await keeper.keep(
    "turn",
    save(() => "turn"),
  );
  expect(keeper.isBehind).toBe(false);
});

test("another error is told, and nothing waits for it", async () => {
  const { keeper, onError } = open();
  await keeper.keep("turn", () => Promise.reject(new Error("broken")));
  expect(onError).toHaveBeenCalledOnce();
  expect(keeper.isBehind).toBe(false);
});

test("of a deleted room nothing is kept, however late it comes", async () => {
  const { keeper, kept, disk, save } = open();
  await keeper.keep(
    "turn",
    save(() => "turn"),
  );
  keeper.end();
  disk.isFull = false;
  await keeper.keep(
    "turn",
    save(() => "turn"),
  );
  await keeper.catchUp();
  expect(kept).toEqual([]);
});
