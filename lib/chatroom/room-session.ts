import type { Answer, FileReference, Room, RoomModel, Round, Turn } from "@/lib/schemas/chatroom";
import { interrupted, isRunning, newAnswer, newRound } from "./answer-events";
import { basisOf, type PathStep, pathOf, revealing, showingTurn, withDescendants } from "./branches";
import type { RequestBody } from "./build-request";
import { keepPicture } from "./keep-picture";
import { askedModelOf, titleOf } from "./new-room";
import { requestOf } from "./request-of";
import { RoomKeeper } from "./room-keeper";
import { RunningAnswers } from "./running-answers";
import { ROOM, SessionListeners } from "./session-listeners";
import type { SessionParts } from "./session-parts";
import { whoIsAsked } from "./who-is-asked";

/** What is in view. The same object until something but the words of running answers changes. */
export type RoomView = {
  room: Room;
  turns: readonly Turn[];
  path: readonly PathStep[];
  isAnswering: boolean;
};

/**
 * One room that is open: what can be done in it, and its answers on their way. Knows neither the page nor the network;
 * listeners are told before the next drawing, those of one answer apart from those of the room, so that words that
 * arrive draw nothing else anew.
 */
export class RoomSession {
  private room: Room;
  private readonly turns: Map<string, Turn>;
  private readonly parts: SessionParts;
  private readonly running: RunningAnswers;
  private readonly listeners: SessionListeners;
  readonly keeper: RoomKeeper;
  private view: RoomView;

  constructor(room: Room, turns: readonly Turn[], parts: SessionParts) {
    this.room = room;
    this.turns = new Map(turns.map((turn) => [turn.id, turn]));
    this.parts = parts;
    this.keeper = new RoomKeeper(parts.onStorageError);
    this.listeners = new SessionListeners(parts.beforeDrawing);
    this.running = new RunningAnswers(parts, {
      build: (turnId, model, rounds) => this.build(turnId, model, rounds),
      saveImage: (url) => keepPicture(url, { id: parts.newId(), roomId: room.id }, parts.store, this.keeper),
      onState: (turnId, answer) => this.putAnswer(turnId, answer),
      onWords: (answerId) => this.listeners.tell(answerId),
      onEnd: (turnId, answer) => {
        this.putAnswer(turnId, answer);
        this.listeners.tell(answer.id);
        void this.saveTurn(turnId);
      },
      save: (turnId) => void this.saveTurn(turnId),
    });
    this.view = this.look();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.listeners.add(ROOM, listener);

  readonly getView = (): RoomView => this.view;

  /** The answer as far as it has come; `undefined` unless it is on its way. */
  liveAnswer(id: string): Answer | undefined {
    return this.running.newestOf(id);
  }

  subscribeToAnswer(id: string, listener: () => void): () => void {
    return this.listeners.add(id, listener);
  }

  /** Asks all models that can answer it; see `who-is-asked.ts`. @returns the turn's id */
  async ask(text: string, attachments: readonly FileReference[]): Promise<string> {
    const path = this.view.path;
    const parent = path.at(-1)?.turn ?? null;
    return this.askAfter(parent, text, attachments);
  }

  /** Asks in other words: a branch beside the turn. */
  async edit(turnId: string, text: string): Promise<string | undefined> {
    const turn = this.turns.get(turnId);
    if (turn === undefined) return undefined;
    const parent = this.turns.get(turn.parentId ?? "") ?? null;
    return this.askAfter(parent, text, turn.attachments, turn.basis);
  }

  private async askAfter(
    parent: Turn | null,
    text: string,
    attachments: readonly FileReference[],
    basis = basisOf(parent),
  ): Promise<string> {
    const { newId, now } = this.parts;
    const turn: Turn = {
      id: newId(),
      roomId: this.room.id,
      parentId: parent?.id ?? null,
      basis,
      createdMs: now(),
      text,
      attachments: [...attachments],
      answers: [],
      shown: {},
    };
    this.turns.set(turn.id, turn);
    const title = this.room.title === "" ? titleOf(text === "" ? (attachments[0]?.name ?? "") : text) : this.room.title;
    this.changeRoom({ ...showingTurn(this.room, [...this.turns.values()], turn.id), title, updatedMs: now() });
    const { models: all, settings } = this.room;
    const { asked: models } = whoIsAsked({ models: all, settings, attachments, factOf: this.parts.factOf });
    // All are there before the first is asked: what it is asked depends on how many there are.
    const started = models.map((model) => ({ model, answer: this.addAnswer(turn.id, model) }));
    for (const { model, answer } of started) this.running.start(turn.id, answer, model, "ask");
    this.redraw();
    await this.saveTurn(turn.id);
    return turn.id;
  }

  /** Asks once more: a further version of that slot's answer, or with another model's in its place. */
  retry(turnId: string, slotId: string, modelId?: string): void {
    const turn = this.turns.get(turnId);
    if (turn === undefined) return;
    const before = turn.answers.findLast((answer) => answer.slotId === slotId);
    const own = this.room.models.find((model) => model.slotId === slotId);
    const wanted = modelId ?? own?.modelId ?? before?.requestedModelId;
    if (wanted === undefined) return;
    const model = askedModelOf(this.room, slotId, wanted);
    this.running.start(turnId, this.addAnswer(turnId, model), model, "ask");
    this.changeRoom({ ...this.room, updatedMs: this.parts.now() });
    void this.saveTurn(turnId);
  }

  /** Lets an answer go on where it was stopped, lost, or cut by its limit. */
  continueAnswer(turnId: string, answerId: string): void {
    const answer = this.turns.get(turnId)?.answers.find(({ id }) => id === answerId);
    if (answer === undefined || isRunning(answer)) return;
    const rounds = answer.rounds.filter(({ text, toolSteps }) => text !== "" || toolSteps.length > 0);
    const goesOn: Answer = {
      ...answer,
      state: { kind: "waiting" },
      rounds: [...rounds, newRound(this.parts.newId())],
    };
    this.running.start(turnId, goesOn, askedModelOf(this.room, answer.slotId, answer.requestedModelId), "ask");
    this.redraw();
  }

  /** Hears on their way again all answers that were running when the page went away. @returns how many */
  resume(): number {
    let resumed = 0;
    for (const turn of this.turns.values()) {
      for (const answer of turn.answers) {
        if (!isRunning(answer) || this.running.has(answer.id)) continue;
        const streamId = answer.rounds.at(-1)?.streamId ?? "";
        // A tool that was at work is gone with its page.
        if (answer.state.kind === "tools" || streamId === "") {
          this.putAnswer(turn.id, interrupted(answer));
          void this.saveTurn(turn.id);
        } else {
          this.running.start(
            turn.id,
            answer,
            askedModelOf(this.room, answer.slotId, answer.requestedModelId),
            "resume",
          );
          resumed += 1;
        }
      }
    }
    this.redraw();
    return resumed;
  }

  /** Stops all answers that are on their way, or one. What arrived is kept. */
  stop(answerId?: string): void {
    this.running.stop(answerId);
  }

  showAnswer(turnId: string, slotId: string, answerId: string): void {
    const turn = this.turns.get(turnId);
    if (turn === undefined) return;
    this.turns.set(turnId, { ...turn, shown: { ...turn.shown, [slotId]: answerId } });
    this.redraw();
    void this.saveTurn(turnId);
  }

  showBranch(turnId: string): void {
    const turn = this.turns.get(turnId);
    if (turn === undefined) return;
    this.changeRoom({ ...this.room, shown: { ...this.room.shown, [turn.parentId ?? ""]: turnId } });
  }

  /** Deletes a turn with all that came after it. @returns what brings it back */
  deleteTurn(turnId: string): () => void {
    const ids = withDescendants([...this.turns.values()], turnId);
    const gone = ids.flatMap((id) => this.turns.get(id) ?? []);
    for (const turn of gone) for (const { id } of turn.answers) this.stop(id);
    for (const id of ids) this.turns.delete(id);
    this.redraw();
    // What was brought back in the meantime stays.
    const stillGone = () => ids.filter((id) => !this.turns.has(id));
    void this.keeper.keep(`without ${turnId}`, () => this.parts.store.deleteTurns(this.room.id, stillGone()));
    return () => {
      for (const turn of gone) this.turns.set(turn.id, { ...turn, answers: turn.answers.map(interrupted) });
      this.redraw();
      for (const { id } of gone) void this.saveTurn(id);
    };
  }

  deleteAnswer(turnId: string, answerId: string): void {
    const turn = this.turns.get(turnId);
    if (turn === undefined) return;
    this.stop(answerId);
    this.turns.set(turnId, { ...turn, answers: turn.answers.filter(({ id }) => id !== answerId) });
    this.redraw();
    void this.saveTurn(turnId);
  }

  /** Changes the room itself: its models, settings or name. A room without a question is not kept. */
  changeRoom(room: Room): void {
    this.room = room;
    this.view = this.look();
    this.listeners.tellNow(ROOM);
    if (this.turns.size > 0) void this.keeper.keep("room", () => this.parts.store.saveRoom(this.room));
  }

  /** Brings a turn into view, and that answer of it, on whichever branch they are. */
  reveal(turnId: string, answerId: string | null): void {
    const { path } = this.view;
    const step = path.find(({ turn }) => turn.id === turnId);
    const isInView = answerId === null || step?.answers.some(({ answer }) => answer.id === answerId);
    if (!this.turns.has(turnId) || (step !== undefined && isInView)) return;
    const { room, turns } = revealing(this.room, [...this.turns.values()], turnId, answerId);
    for (const turn of turns) this.turns.set(turn.id, turn);
    this.changeRoom(room);
    for (const { id } of turns) void this.saveTurn(id);
  }

  /** Takes what another page has written. */
  async reload(): Promise<void> {
    const [room, turns] = await Promise.all([
      this.parts.store.getRoom(this.room.id),
      this.parts.store.getTurns(this.room.id),
    ]);
    if (room === undefined) return;
    this.room = room;
    this.turns.clear();
    for (const turn of turns) this.turns.set(turn.id, turn);
    this.redraw();
  }

  /** Ends it for good: nothing is kept of it any more, and what is on its way at the server is not heard. */
  close(): void {
    this.running.leave();
    this.listeners.clear();
    this.keeper.end();
  }

  private addAnswer(turnId: string, model: RoomModel): Answer {
    const { newId, now } = this.parts;
    const answer = newAnswer(newId(), model, newId(), now());
    const turn = this.turns.get(turnId);
    if (turn !== undefined) {
      const shown = { ...turn.shown, [model.slotId]: answer.id };
      this.turns.set(turnId, { ...turn, answers: [...turn.answers, answer], shown });
    }
    return answer;
  }

  private build(turnId: string, model: RoomModel, rounds: readonly Round[]): Promise<RequestBody> {
    const { store, factOf, offeredTools } = this.parts;
    const asked = { turnId, model, rounds, store, fact: factOf(model.modelId), offeredTools };
    return requestOf({ room: this.room, turns: [...this.turns.values()], ...asked });
  }

  private putAnswer(turnId: string, answer: Answer): void {
    const turn = this.turns.get(turnId);
    if (turn === undefined) return;
    const answers = turn.answers.map((one) => (one.id === answer.id ? answer : one));
    this.turns.set(turnId, { ...turn, answers });
    this.redraw();
  }

  private saveTurn(turnId: string): Promise<void> {
    return this.keeper.keep(turnId, async () => {
      const turn = this.turns.get(turnId);
      if (turn === undefined) return;
      const answers = turn.answers.map((answer) => this.running.newestOf(answer.id) ?? answer);
      await this.parts.store.saveTurn({ ...turn, answers });
    });
  }

  private redraw(): void {
    this.view = this.look();
    this.listeners.tell(ROOM);
  }

  private look(): RoomView {
    const turns = [...this.turns.values()];
    return { room: this.room, turns, path: pathOf(this.room, turns), isAnswering: !this.running.isEmpty };
  }
}
