import "fake-indexeddb/auto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { RoomSettings } from "@/lib/schemas/chatroom";
import { ASPECT_RATIOS, PDF_ENGINES, REASONING_CHOICES } from "@/lib/schemas/room-choices";
import { readChatFile, writeChatFile } from "./chat-file";
import { base64Of, blobOfBase64 } from "./file-contents";
import { saidIn } from "./find-words";
import type { WholeRoom } from "./foreign-room";
import { openIndexedRoomStore } from "./indexed-room-store";
import { namedFiles } from "./named-files";

const id = fc.uuid();
const text = fc.string({ unit: "grapheme", maxLength: 30 });
/** JSON has no other numbers, and no negative zero. */
const milliseconds = fc.nat();
const amount = fc.double({ min: 0, max: 10, noNaN: true }).map((value) => value + 0);
const json = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
const ids = (max: number) => fc.uniqueArray(id, { maxLength: max });
const choices = fc.dictionary(id, id, { maxKeys: 2, noNullPrototype: true });

const file = fc.record(
  {
    id,
    name: text,
    mediaType: fc.constantFrom("text/plain", "image/png", "application/pdf"),
    kind: fc.constantFrom("image", "pdf", "audio", "text"),
    bytes: fc.nat(),
    pages: fc.integer({ min: 1, max: 999 }),
  },
  { requiredKeys: ["id", "name", "mediaType", "kind", "bytes"], noNullPrototype: true },
);

const round = fc.record({
  streamId: text,
  generationId: fc.option(text),
  modelId: fc.option(text),
  provider: fc.option(text),
  text,
  reasoning: text,
  reasoningDetails: fc.array(
    json.map((extra) => ({ type: "reasoning.encrypted", data: "AAA=", index: 0, extra })),
    { maxLength: 2 },
  ),
  images: fc.array(file, { maxLength: 2 }),
  annotations: fc.array(
    json.map((found) => ({ type: "file", file: found })),
    { maxLength: 2 },
  ),
  toolSteps: fc.array(
    fc.record({ id: text, name: text, arguments: text, result: fc.option(text), isError: fc.boolean() }),
    { maxLength: 2 },
  ),
  finishReason: fc.option(fc.constantFrom("stop", "length", "tool_calls", "content_filter", "error")),
  usage: fc.option(
    fc.record({
      promptTokens: fc.nat(),
      completionTokens: fc.nat(),
      reasoningTokens: fc.nat(),
      cachedTokens: fc.nat(),
      costUsd: amount,
    }),
  ),
});

const state = fc.oneof(
  fc.constantFrom({ kind: "done" } as const, { kind: "stopped" } as const, { kind: "lost" } as const),
  fc.record({ kind: fc.constant("failed" as const), status: fc.nat(599), message: text, metadata: json }),
);

const answer = fc.record({
  id,
  slotId: id,
  requestedModelId: text,
  createdMs: milliseconds,
  state,
  rounds: fc.array(round, { maxLength: 3 }),
  firstTokenMs: fc.option(milliseconds),
  totalMs: fc.option(milliseconds),
});

const turnIn = (roomId: string, turnId: string, before: readonly string[]) =>
  fc.record({
    id: fc.constant(turnId),
    roomId: fc.constant(roomId),
    parentId: fc.constantFrom(null, ...before),
    basis: choices,
    createdMs: milliseconds,
    text,
    attachments: fc.array(file, { maxLength: 2 }),
    answers: fc.array(answer, { maxLength: 2 }),
    shown: choices,
  });

const settings = fc.record({
  systemPrompt: text,
  preset: text,
  provider: fc.constantFrom<RoomSettings["provider"]>(null, { sort: "price" }, { only: ["acme"], zdr: true }),
  web: fc.boolean(),
  reasoning: fc.constantFrom(...REASONING_CHOICES),
  image: fc.boolean(),
  aspectRatio: fc.option(fc.constantFrom(...ASPECT_RATIOS)),
  pdfEngine: fc.constantFrom(...PDF_ENGINES),
  tools: fc.boolean(),
  memory: fc.option(fc.nat(100)),
});

const models = fc.array(
  fc.record({
    slotId: id,
    modelId: text,
    isMuted: fc.boolean(),
    parameters: fc.record(
      {
        temperature: amount.map((value) => value / 5),
        seed: fc.integer(),
        max_tokens: fc.integer({ min: 1 }),
        systemPrompt: text,
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  }),
  { maxLength: 3 },
);

const wholeRoom: fc.Arbitrary<WholeRoom> = fc.tuple(id, ids(5)).chain(([roomId, turnIds]) =>
  fc.record({
    room: fc.record({
      id: fc.constant(roomId),
      title: text,
      isNamed: fc.boolean(),
      isPinned: fc.boolean(),
      createdMs: milliseconds,
      updatedMs: milliseconds,
      models,
      settings,
      shown: choices,
    }),
    turns: fc.tuple(...turnIds.map((turnId, index) => turnIn(roomId, turnId, turnIds.slice(0, index)))),
  }),
);

const rooms = fc.uniqueArray(wholeRoom, { maxLength: 3, selector: ({ room }) => room.id });
const bytes = fc.uint8Array({ maxLength: 40 });

/** Bytes for every file that is named somewhere. */
async function filesOf(all: readonly WholeRoom[], content: Uint8Array<ArrayBuffer>) {
  const data = await base64Of(new Blob([content]));
  const named = all.flatMap(({ room, turns }) =>
    turns.flatMap(namedFiles).map((one) => ({ ...one, roomId: room.id, data })),
  );
  return [...new Map(named.map((one) => [one.id, one])).values()];
}

test("any rooms come back from their file as they went", async () => {
  await fc.assert(
    fc.asyncProperty(rooms, bytes, async (given, content) => {
      const files = await filesOf(given, new Uint8Array(content));
      const written = JSON.stringify(writeChatFile(given, files, 0));
      const read = readChatFile(written, () => "new");
      expect(read).toEqual({ rooms: given, files, from: "Signalbox" });
      const again = JSON.stringify(writeChatFile(read.rooms, read.files, 0));
      expect(JSON.parse(again)).toEqual(JSON.parse(written));
      // From then on letter by letter.
      const third = readChatFile(again, () => "new");
      expect(JSON.stringify(writeChatFile(third.rooms, third.files, 0))).toBe(again);
    }),
    { numRuns: 100 },
  );
});

test("any rooms come back through the browser's store, bytes of files included", async () => {
  let lastPerson = 0;
  await fc.assert(
    fc.asyncProperty(rooms, bytes, async (given, content) => {
      const store = await openIndexedRoomStore(`round-trip-${++lastPerson}`, () => undefined);
      const files = await filesOf(given, new Uint8Array(content));
      await store.importRooms(
        given,
        files.map(({ data, ...reference }) => ({ ...reference, blob: blobOfBase64(data, reference.mediaType) })),
      );
      for (const { room, turns } of given) {
        expect(await store.getRoom(room.id)).toEqual(room);
        const kept = await store.getTurns(room.id);
        expect(new Map(kept.map((turn) => [turn.id, turn]))).toEqual(new Map(turns.map((turn) => [turn.id, turn])));
        expect(kept.map(saidIn)).toHaveLength(turns.length);
      }
      for (const { data, id: fileId } of files) {
        const blob = await store.getFile(fileId);
        expect(blob === undefined ? undefined : await base64Of(blob)).toBe(data);
      }
    }),
    { numRuns: 30 },
  );
});
