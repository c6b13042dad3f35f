import type { Answer, FileReference, RoomModel, Round } from "@/lib/schemas/chatroom";
import type { RequestBody } from "./build-request";
import { runAnswer } from "./run-answer";
import type { SessionParts } from "./session-parts";

/** While answers come, they are kept this often. */
const SAVE_EVERY_MS = 1_000;

type Running = { abort: AbortController; turnId: string; streamId: string };

/** What answers on their way need of their room. */
type RoomOfAnswers = {
  build: (turnId: string, model: RoomModel, rounds: readonly Round[]) => Promise<RequestBody>;
  saveImage: (url: string) => FileReference;
  /** The answer stands otherwise than it did: it waits, comes, has ended. */
  onState: (turnId: string, answer: Answer) => void;
  /** More of it has come. */
  onWords: (answerId: string) => void;
  onEnd: (turnId: string, answer: Answer) => void;
  save: (turnId: string) => void;
};

/** The answers of one room that are on their way. */
export class RunningAnswers {
  private readonly parts: SessionParts;
  private readonly room: RoomOfAnswers;
  private readonly running = new Map<string, Running>();
  /** Their newest form. */
  private readonly newest = new Map<string, Answer>();
  private saveTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: SessionParts, room: RoomOfAnswers) {
    this.parts = parts;
    this.room = room;
  }

  get isEmpty(): boolean {
    return this.running.size === 0;
  }

  has(answerId: string): boolean {
    return this.running.has(answerId);
  }

  /** The answer as far as it has come; `undefined` unless it is on its way. */
  newestOf(answerId: string): Answer | undefined {
    return this.newest.get(answerId);
  }

  /** Asks for the last, empty, round of an answer, or hears it again. */
  start(turnId: string, answer: Answer, model: RoomModel, mode: "ask" | "resume"): void {
    const abort = new AbortController();
    this.newest.set(answer.id, answer);
    this.running.set(answer.id, { abort, turnId, streamId: answer.rounds.at(-1)?.streamId ?? "" });
    this.room.onState(turnId, answer);
    const { stream, runTool, newId, now } = this.parts;
    void runAnswer(answer, mode, {
      stream,
      build: (rounds) => this.room.build(turnId, model, rounds),
      runTool,
      saveImage: this.room.saveImage,
      newId,
      now,
      signal: abort.signal,
      onChange: (next) => this.onChange(turnId, next),
    }).then((ended) => {
      this.running.delete(ended.id);
      this.newest.delete(ended.id);
      this.room.onEnd(turnId, ended);
    });
  }

  /** Stops one of them, or all, here and at the server. What arrived is kept. */
  stop(answerId?: string): void {
    for (const [id, { abort, streamId }] of this.running) {
      if (answerId !== undefined && id !== answerId) continue;
      const current = this.newest.get(id)?.rounds.at(-1)?.streamId ?? streamId;
      abort.abort(new Error("stopped by the reader"));
      this.parts.stopStream(current);
    }
  }

  /** Hears them no more; at the server they go on for a while. */
  leave(): void {
    clearTimeout(this.saveTimer);
    for (const { abort } of this.running.values()) abort.abort(new Error("the room was closed"));
  }

  private onChange(turnId: string, answer: Answer): void {
    const before = this.newest.get(answer.id);
    this.newest.set(answer.id, answer);
    // Rows of tools and the like change the room's view; words alone do not.
    if (before?.state.kind !== answer.state.kind) this.room.onState(turnId, answer);
    this.room.onWords(answer.id);
    this.saveTimer ??= setTimeout(() => {
      this.saveTimer = undefined;
      for (const { turnId: id } of this.running.values()) this.room.save(id);
    }, SAVE_EVERY_MS);
  }
}
