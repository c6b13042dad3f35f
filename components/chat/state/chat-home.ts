import { openIndexedRoomStore } from "@/lib/chatroom/indexed-room-store";
import { DEFAULT_SETTINGS, newRoom, newRoomModel } from "@/lib/chatroom/new-room";
import { RoomSession } from "@/lib/chatroom/room-session";
import { memoryRoomStore, type RoomStore, StorageFull, StorageOutdated } from "@/lib/chatroom/room-store";
import type { SessionParts } from "@/lib/chatroom/session-parts";
import type { ChatModel } from "@/lib/schemas/chat-model";
import type { Room } from "@/lib/schemas/chatroom";
import { callTool, offeredTools } from "../tools/tool-calls";
import { newId } from "./new-id";
import { holdRoom } from "./room-lock";

export type StorageProblem = "full" | "outdated" | "unavailable" | "broken";

export type HomeState = {
  isOpen: boolean;
  rooms: readonly Room[];
  session: RoomSession;
  isTemporary: boolean;
  /** Another page writes this room; this one shows what it writes. */
  isFollower: boolean;
  problem: StorageProblem | null;
};

// What reads answers is not needed before the first question.
const streams = () => import("./stream-answers");

const stream: SessionParts["stream"] = async function* (source, signal) {
  const { streamAnswer } = await streams();
  yield* streamAnswer(source, signal);
};

/** Drawing more often could not be seen, and would drop frames at 200 tokens a second in three columns. */
const DRAW_EVERY_MS = 32;
const MAX_REST_MS = 250;

/** All rooms of one person in this page, and the one that is open. Answers go on while another room, or page, is looked at. */
export class ChatHome {
  private readonly personId: string;
  private models: ReadonlyMap<string, ChatModel> = new Map();
  private readonly listeners = new Set<() => void>();
  private readonly sessions = new Map<string, RoomSession>();
  private store: RoomStore = memoryRoomStore();
  private readonly temporary = memoryRoomStore();
  private state: HomeState;
  private release: () => void = () => undefined;
  private isOpening = false;

  constructor(personId: string) {
    this.personId = personId;
    this.state = {
      isOpen: false,
      rooms: [],
      session: this.sessionOf(newRoom(newId(), [], DEFAULT_SETTINGS, Date.now()), [], this.temporary),
      isTemporary: false,
      isFollower: false,
      problem: null,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly getState = (): HomeState => this.state;

  get roomStore(): RoomStore {
    return this.state.isTemporary ? this.temporary : this.store;
  }

  /** Where rooms are kept for good. */
  get keptStore(): RoomStore {
    return this.store;
  }

  setModels(models: readonly ChatModel[]): void {
    this.models = new Map(models.map((model) => [model.id, model]));
  }

  /**
   * Opens the store once, then the room that the address names, or a new one with these models. Later the same, but
   * without a room or a model in the address the room stays that was open.
   */
  async open(roomId: string | undefined, asked: readonly string[], fallback: readonly string[]): Promise<void> {
    if (this.isOpening) {
      if (roomId !== undefined) await this.openRoom(roomId);
      else if (asked.length > 0) this.startRoom(asked);
      return;
    }
    this.isOpening = true;
    try {
      this.store = await openIndexedRoomStore(this.personId, () => this.change({ problem: "outdated" }));
      this.store.onForeignChange((id) => void this.onForeignChange(id));
      // Asked once, so that the browser does not clear the rooms when it is short of space.
      void navigator.storage?.persist?.().catch(() => false);
    } catch (error) {
      this.change({ problem: error instanceof StorageOutdated ? "outdated" : "unavailable" });
    }
    await this.refreshRooms();
    if (roomId === undefined || !(await this.openRoom(roomId))) this.startRoom(asked.length > 0 ? asked : fallback);
    this.change({ isOpen: true });
  }

  /** @param like its models, and what most people want everywhere, are taken over */
  startRoom(modelIds: readonly string[], isTemporary = false, like?: Room): void {
    const models = modelIds.map((id) => newRoomModel(newId(), id));
    const { web, reasoning, tools } = like?.settings ?? DEFAULT_SETTINGS;
    const settings = { ...DEFAULT_SETTINGS, web, reasoning, tools };
    const room = newRoom(newId(), like?.models ?? models, settings, Date.now());
    const session = this.sessionOf(room, [], isTemporary ? this.temporary : this.store);
    this.show(session, isTemporary);
  }

  /** @returns whether there is such a room */
  async openRoom(id: string): Promise<boolean> {
    const kept = this.sessions.get(id);
    if (kept !== undefined) {
      this.show(kept, false);
      return true;
    }
    const [room, turns] = await Promise.all([this.store.getRoom(id), this.store.getTurns(id)]);
    if (room === undefined) return false;
    this.show(this.sessionOf(room, turns, this.store), false);
    return true;
  }

  async renameRoom(room: Room, title: string): Promise<void> {
    await this.changeRoom({ ...room, title, isNamed: title !== "" });
  }

  /** Changes a room that may be the open one. */
  async changeRoom(room: Room): Promise<void> {
    const session = this.sessions.get(room.id);
    if (session !== undefined) session.changeRoom(room);
    else await this.store.saveRoom(room).catch((error: unknown) => this.onStorageError(error));
    await this.refreshRooms();
  }

  async deleteRoom(id: string): Promise<void> {
    const session = this.sessions.get(id);
    session?.stop();
    session?.close();
    this.sessions.delete(id);
    await this.store.deleteRoom(id).catch((error: unknown) => this.onStorageError(error));
    await this.refreshRooms();
    if (this.state.session.getView().room.id === id) {
      this.startRoom([], false, this.state.session.getView().room);
    }
  }

  async refreshRooms(): Promise<void> {
    try {
      this.change({ rooms: await this.store.listRooms() });
    } catch (error) {
      this.onStorageError(error);
    }
  }

  /** Loads what the first question needs, while it is still being written. */
  prepareToAsk(): void {
    void streams();
  }

  /** Writes here what another page has written so far. */
  takeOver(): void {
    this.hold(this.state.session, true);
  }

  dismissProblem(): void {
    this.change({ problem: null });
  }

  readonly onStorageError = (error: unknown): void => {
    this.change({ problem: error instanceof StorageFull ? "full" : "broken" });
  };

  private sessionOf(room: Room, turns: ConstructorParameters<typeof RoomSession>[1], store: RoomStore): RoomSession {
    return new RoomSession(room, turns, {
      store,
      stream,
      stopStream: (id) => void streams().then(({ stopStream }) => stopStream(id)),
      factOf: (modelId) => this.models.get(modelId),
      offeredTools,
      runTool: callTool,
      newId,
      now: () => Date.now(),
      beforeDrawing: drawSoon,
      onStorageError: this.onStorageError,
    });
  }

  private show(session: RoomSession, isTemporary: boolean): void {
    this.forgetIdle(this.state.session);
    const { id } = session.getView().room;
    if (!isTemporary) this.sessions.set(id, session);
    this.change({ session, isTemporary, isFollower: false });
    if (!isTemporary) this.hold(session, false);
  }

  /** A room that is left is forgotten unless answers are on their way in it. */
  private forgetIdle(session: RoomSession): void {
    const { room, isAnswering } = session.getView();
    if (!isAnswering) this.sessions.delete(room.id);
  }

  private hold(session: RoomSession, steal: boolean): void {
    this.release();
    const { id } = session.getView().room;
    const isCurrent = () => this.state.session === session;
    this.release = holdRoom(`${this.personId}-${id}`, steal, {
      onHeld: () => {
        const wasFollower = isCurrent() && this.state.isFollower;
        if (isCurrent()) this.change({ isFollower: false });
        void (steal || wasFollower ? session.reload() : Promise.resolve()).then(() => session.resume());
      },
      onHeldElsewhere: () => {
        session.stop();
        if (isCurrent()) this.change({ isFollower: true });
      },
    });
  }

  private async onForeignChange(roomId: string): Promise<void> {
    const { session, isFollower } = this.state;
    if (isFollower && session.getView().room.id === roomId) await session.reload();
    await this.refreshRooms();
  }

  private change(changes: Partial<HomeState>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener();
  }
}

/** Of all time at most a third goes into drawing, however slow the machine is. */
const REST_FACTOR = 2;
let restMs = DRAW_EVERY_MS;

function drawSoon(draw: () => void): void {
  // In a page that nobody sees there are no frames.
  if (document.visibilityState === "hidden") {
    setTimeout(draw, DRAW_EVERY_MS);
    return;
  }
  setTimeout(
    () =>
      requestAnimationFrame(() => {
        const startMs = performance.now();
        draw();
        // After what was drawn has been laid out.
        setTimeout(() => {
          restMs = Math.min(MAX_REST_MS, Math.max(DRAW_EVERY_MS, (performance.now() - startMs) * REST_FACTOR));
        });
      }),
    restMs,
  );
}

let home: { personId: string; home: ChatHome } | undefined;

/** The person's rooms in this page: the same ones after another page was looked at. */
export function chatHomeOf(personId: string): ChatHome {
  // The server keeps nothing of anybody.
  if (typeof window === "undefined") return new ChatHome(personId);
  if (home?.personId !== personId) home = { personId, home: new ChatHome(personId) };
  return home.home;
}
