import { describe, expect, test, vi } from "vitest";
import type { ChatCompletionChunk } from "@/lib/schemas/chat-completion";
import type { Room, Turn } from "@/lib/schemas/chatroom";
import { textOf } from "./answer-totals";
import { pathOf } from "./branches";
import { DEFAULT_SETTINGS, newRoom, newRoomModel } from "./new-room";
import { RoomSession } from "./room-session";
import { memoryRoomStore, StorageFull } from "./room-store";
import type { StreamSource } from "./run-answer";
import type { SessionParts } from "./session-parts";
import { ConnectionLost } from "./stream-errors";
import { testAnswer, testRound, testTurn } from "./test-data";

type Delta = ChatCompletionChunk["choices"][number]["delta"];

function chunk(delta: Delta): ChatCompletionChunk {
  return {
    id: "gen-1",
    object: "chat.completion.chunk",
    created: 1,
    model: "acme/one",
    provider: "Acme",
    choices: [{ index: 0, delta, finish_reason: null, native_finish_reason: null, logprobs: null }],
  };
}

/** The models' side: each request is answered by hand. */
function fakeModels() {
  const asked: StreamSource[] = [];
  const waiting: ((outcome: Delta | "end" | Error) => void)[] = [];
  async function* stream(source: StreamSource, signal: AbortSignal) {
    const index = asked.push(source) - 1;
    for (;;) {
      const outcome = await new Promise<Delta | "end" | Error>((resolve, reject) => {
        waiting[index] = resolve;
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      if (outcome === "end") return;
      if (outcome instanceof Error) throw outcome;
      yield [chunk(outcome)];
    }
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const say = async (index: number, outcome: Delta | "end" | Error) => {
    await vi.waitFor(() => expect(waiting[index]).toBeDefined());
    waiting[index]?.(outcome);
    await settle();
  };
  const bodyOf = (index: number) => {
    const source = asked[index];
    if (source === undefined || !("body" in source)) throw new Error("nothing was asked");
    return source.body;
  };
  return { asked, stream, say, bodyOf, settle };
}

function open(given: { room?: Room; turns?: Turn[]; parts?: Partial<SessionParts> } = {}) {
  const models = fakeModels();
  const store = memoryRoomStore();
  let lastId = 0;
  const room =
    given.room ??
    newRoom("room", [newRoomModel("one", "acme/one"), newRoomModel("two", "acme/two")], DEFAULT_SETTINGS, 0);
  const stopStream = vi.fn();
  const session = new RoomSession(room, given.turns ?? [], {
    store,
    stream: models.stream,
    stopStream,
    factOf: () => ({ inputs: [], outputs: ["text"], usesTools: true }),
    offeredTools: () => [],
    runTool: async () => ({ result: "", isError: false }),
    newId: () => `id-${++lastId}`,
    now: () => ++lastId,
    beforeDrawing: queueMicrotask,
    onStorageError: (error) => {
      throw error;
    },
    ...given.parts,
  });
  const texts = () =>
    session
      .getView()
      .path.flatMap(({ answers }) => answers.map(({ answer }) => textOf(session.liveAnswer(answer.id) ?? answer)));
  const states = () => session.getView().path.flatMap(({ answers }) => answers.map(({ answer }) => answer.state.kind));
  return { session, store, models, texts, states, stopStream };
}

test("a question goes to every model that is not muted, and the answers are kept", async () => {
  const { session, store, models, texts, states } = open();
  await session.ask("Hello?", []);
  await models.say(0, { content: "One." });
  await models.say(1, { content: "Two." });
  expect(texts()).toEqual(["One.", "Two."]);
  expect(session.getView().isAnswering).toBe(true);
  await models.say(0, "end");
  await models.say(1, "end");
  expect(states()).toEqual(["done", "done"]);
  expect(session.getView().isAnswering).toBe(false);
  expect(session.getView().room.title).toBe("Hello?");
  const [turn] = await store.getTurns("room");
  expect(turn?.answers.map(textOf)).toEqual(["One.", "Two."]);
  expect(models.asked.map((_, index) => models.bodyOf(index).model)).toEqual(["acme/one", "acme/two"]);
  // So that the first does not hold all the credit of a small account.
  expect(models.bodyOf(0).max_tokens).toBe(8_000);
});

test("words that arrive tell the answer's listeners and not the room's", async () => {
  const { session, models } = open();
  await session.ask("Hello?", []);
  const answerId = session.getView().path[0]?.answers[0]?.answer.id ?? "";
  await models.say(0, { content: "a" });
  const [roomHeard, answerHeard] = [vi.fn(), vi.fn()];
  session.subscribe(roomHeard);
  session.subscribeToAnswer(answerId, answerHeard);
  await models.say(0, { content: "b" });
  expect(answerHeard).toHaveBeenCalledOnce();
  expect(roomHeard).not.toHaveBeenCalled();
});

test("a muted model is not asked", async () => {
  const room = newRoom(
    "room",
    [{ ...newRoomModel("one", "acme/one"), isMuted: true }, newRoomModel("two", "acme/two")],
    DEFAULT_SETTINGS,
    0,
  );
  const { session, models } = open({ room });
  await session.ask("Hello?", []);
  await models.settle();
  expect(models.asked).toHaveLength(1);
  expect(models.bodyOf(0).model).toBe("acme/two");
});

test("stopping keeps what arrived, and tells the server", async () => {
  const { session, models, texts, states, stopStream } = open();
  await session.ask("Hello?", []);
  await models.say(0, { content: "Half" });
  session.stop();
  await models.settle();
  expect(texts()).toEqual(["Half", ""]);
  expect(states()).toEqual(["stopped", "stopped"]);
  expect(stopStream).toHaveBeenCalledTimes(2);
});

describe("with one answer", () => {
  const room = newRoom("room", [newRoomModel("one", "acme/one")], DEFAULT_SETTINGS, 0);
  const turns = () => [testTurn("a", { answers: [testAnswer("x", "one")] })];

  test("asking again makes a version beside it; the earlier one can be brought back", async () => {
    const { session, models, texts } = open({ room, turns: turns() });
    session.retry("a", "one");
    await models.say(0, { content: "Better." });
    await models.say(0, "end");
    expect(texts()).toEqual(["Better."]);
    expect(session.getView().path[0]?.answers[0]?.version).toMatchObject({ index: 1 });
    session.showAnswer("a", "one", "x");
    expect(texts()).toEqual(["answer x"]);
  });

  test("another model can be asked in its place", async () => {
    const { session, models } = open({ room, turns: turns() });
    session.retry("a", "one", "acme/three");
    await models.settle();
    expect(models.bodyOf(0).model).toBe("acme/three");
  });

  test("an edited question is a branch, and is told nothing of the old one", async () => {
    const { session, models } = open({ room, turns: turns() });
    await session.edit("a", "In other words?");
    await models.settle();
    expect(models.bodyOf(0).messages).toEqual([{ role: "user", content: "In other words?" }]);
    expect(session.getView().path[0]?.branch).toMatchObject({ index: 1 });
    session.showBranch("a");
    expect(session.getView().path[0]?.turn.text).toBe("question a");
  });

  test("going on adds to what is there", async () => {
    const lost = testAnswer("x", "one", { state: { kind: "lost" }, rounds: [testRound({ text: "Half" })] });
    const { session, models, texts, states } = open({ room, turns: [testTurn("a", { answers: [lost] })] });
    session.continueAnswer("a", "x");
    await models.say(0, { content: " and half." });
    await models.say(0, "end");
    expect(models.bodyOf(0).messages[1]).toEqual({ role: "assistant", content: "Half" });
    expect(texts()).toEqual(["Half and half."]);
    expect(states()).toEqual(["done"]);
  });

  test("deleting takes all that came after it, and can be taken back", async () => {
    const both = [...turns(), testTurn("b", { parentId: "a", basis: { one: "x" } })];
    const { session, store } = open({ room, turns: both });
    const restore = session.deleteTurn("a");
    expect(session.getView().path).toEqual([]);
    restore();
    expect(session.getView().path.map(({ turn }) => turn.id)).toEqual(["a", "b"]);
    expect(await store.getTurns("room")).toHaveLength(2);
  });

  test("what was found is brought into view, on whichever branch it is, and stays there", async () => {
    const all = [
      testTurn("a", { createdMs: 1, answers: [testAnswer("x", "one"), testAnswer("y", "one")] }),
      testTurn("b", { parentId: "a", basis: { one: "x" }, answers: [testAnswer("z", "one")] }),
      testTurn("a2", { createdMs: 2 }),
    ];
    const { session, store } = open({ room, turns: all });
    const inView = () => session.getView().path.map(({ turn }) => turn.id);
    expect(inView()).toEqual(["a2"]);
    session.reveal("b", "z");
    expect(inView()).toEqual(["a", "b"]);
    session.reveal("a", "y");
    expect(inView()).toEqual(["a"]);
    const kept = await Promise.all([store.getRoom("room"), store.getTurns("room")]);
    expect(pathOf({ shown: kept[0]?.shown ?? {} }, [...all.slice(1), ...kept[1]]).map(({ turn }) => turn.id)).toEqual([
      "a",
    ]);
    session.reveal("never there", null);
    expect(inView()).toEqual(["a"]);
  });

  test("an answer that ends after its room was deleted does not bring it back", async () => {
    const { session, store, models } = open({ room });
    await session.ask("Hello?", []);
    await models.say(0, { content: "Half" });
    session.stop();
    session.close();
    await store.deleteRooms(["room"]);
    await models.settle();
    expect(await store.listRooms()).toEqual([]);
    expect(await store.getTurns("room")).toEqual([]);
  });

  test("a refusal is shown in the API's words, a lost connection as one", async () => {
    const { session, models, states } = open({ room });
    await session.ask("Hello?", []);
    await models.say(0, Object.assign(new Error(), { body: { code: 402, message: "No credits" } }));
    expect(session.getView().path[0]?.answers[0]?.answer.state).toEqual({
      kind: "failed",
      status: 402,
      message: "No credits",
    });
    session.retry(session.getView().path[0]?.turn.id ?? "", "one");
    await models.say(1, { content: "Half" });
    await models.say(1, new ConnectionLost("gone"));
    expect(states()).toEqual(["lost"]);
  });
});

describe("after a reload in the middle of an answer", () => {
  const running = testAnswer("x", "one", {
    state: { kind: "streaming" },
    rounds: [testRound({ streamId: "stream-1", text: "Hal" })],
  });
  const room = newRoom("room", [newRoomModel("one", "acme/one")], DEFAULT_SETTINGS, 0);

  test("it is heard again from its beginning, and goes on", async () => {
    const { session, models, texts, states } = open({ room, turns: [testTurn("a", { answers: [running] })] });
    expect(session.resume()).toBe(1);
    expect(texts()).toEqual(["Hal"]);
    await models.say(0, { content: "Half and " });
    expect(texts()).toEqual(["Half and "]);
    await models.say(0, { content: "half." });
    await models.say(0, "end");
    expect(models.asked).toEqual([{ resume: "stream-1" }]);
    expect(texts()).toEqual(["Half and half."]);
    expect(states()).toEqual(["done"]);
  });

  test("when the server has nothing of it, what arrived is kept as a lost answer", async () => {
    const { session, models, texts, states } = open({ room, turns: [testTurn("a", { answers: [running] })] });
    session.resume();
    await models.say(0, new ConnectionLost("nothing of it is left"));
    expect(texts()).toEqual(["Hal"]);
    expect(states()).toEqual(["lost"]);
  });
});

test("tools are run and their results go back, until the model has answered", async () => {
  const settings = { ...DEFAULT_SETTINGS, tools: true };
  const room = newRoom("room", [newRoomModel("one", "acme/one")], settings, 0);
  const runTool = vi.fn(async () => ({ result: "noon", isError: false }));
  const tool = { name: "clock", description: "", parameters: {} };
  const { session, models, texts } = open({ room, parts: { runTool, offeredTools: () => [tool] } });
  await session.ask("What time is it?", []);
  await models.say(0, { tool_calls: [{ index: 0, id: "c1", function: { name: "clock", arguments: "{}" } }] });
  await models.say(0, "end");
  expect(runTool).toHaveBeenCalledOnce();
  await models.say(1, { content: "It is noon." });
  await models.say(1, "end");
  expect(models.bodyOf(0).tools).toHaveLength(1);
  expect(models.bodyOf(1).messages.at(-1)).toEqual({ role: "tool", tool_call_id: "c1", content: "noon" });
  expect(texts()).toEqual(["It is noon."]);
});

test("a picture is kept as a file, and named by the answer", async () => {
  const room = newRoom("room", [newRoomModel("one", "acme/one")], DEFAULT_SETTINGS, 0);
  const { session, store, models } = open({ room });
  await session.ask("Draw.", []);
  await models.say(0, { images: [{ type: "image_url", image_url: { url: "data:image/webp;base64,QUJD" } }] });
  await models.say(0, "end");
  const image = session.getView().path[0]?.answers[0]?.answer.rounds[0]?.images[0];
  expect(image).toMatchObject({ name: "picture.webp", mediaType: "image/webp", bytes: 3 });
  expect(await (await store.getFile(image?.id ?? ""))?.text()).toBe("ABC");
});

test("words and pictures that had no space are kept as soon as there is some", async () => {
  const whole = memoryRoomStore();
  const disk = { isFull: true };
  const unlessFull =
    <Given>(save: (given: Given) => Promise<void>) =>
    async (given: Given) =>
      disk.isFull ? Promise.reject(new StorageFull("full")) : save(given);
  const store = {
    ...whole,
    saveRoom: unlessFull(whole.saveRoom),
    saveTurn: unlessFull(whole.saveTurn),
    saveFile: unlessFull(whole.saveFile),
  };
  const room = newRoom("room", [newRoomModel("one", "acme/one")], DEFAULT_SETTINGS, 0);
  const { session, models } = open({ room, parts: { store, onStorageError: () => undefined } });
  await session.ask("Draw.", []);
  await models.say(0, {
    content: "Here.",
    images: [{ type: "image_url", image_url: { url: "data:image/png;base64,QUJD" } }],
  });
  await models.say(0, "end");
  expect(await whole.listRooms()).toEqual([]);

  disk.isFull = false;
  await session.keeper.catchUp();
  expect((await whole.listRooms()).map(({ title }) => title)).toEqual(["Draw."]);
  const [turn] = await whole.getTurns("room");
  expect(turn?.answers.map(textOf)).toEqual(["Here."]);
  expect(await (await whole.getFile(turn?.answers[0]?.rounds[0]?.images[0]?.id ?? ""))?.text()).toBe("ABC");
  expect(session.keeper.isBehind).toBe(false);
});

test("an answer goes on when the browser has no room left, and it is said", async () => {
  const onStorageError = vi.fn();
  const store = { ...memoryRoomStore(), saveTurn: async () => Promise.reject(new StorageFull("full")) };
  const { session, models, texts } = open({ parts: { store, onStorageError } });
  await session.ask("Hello?", []);
  await models.say(0, { content: "Still here." });
  expect(texts()[0]).toBe("Still here.");
  expect(onStorageError).toHaveBeenCalledWith(expect.any(StorageFull));
  expect(session.keeper.isBehind).toBe(true);
});

test("what the person changes is told at once, what models say before the next drawing", async () => {
  const drawings: (() => void)[] = [];
  const { session, models } = open({ parts: { beforeDrawing: (draw) => drawings.push(draw) } });
  const heard = vi.fn();
  session.subscribe(heard);
  const { room } = session.getView();
  session.changeRoom({ ...room, settings: { ...room.settings, systemPrompt: "Be b" } });
  expect(heard).toHaveBeenCalledTimes(1);
  await session.ask("Hello?", []);
  heard.mockClear();
  await models.say(0, { content: "Hi" });
  expect(heard).not.toHaveBeenCalled();
  for (const draw of drawings.splice(0)) draw();
  expect(heard).toHaveBeenCalledTimes(1);
});
