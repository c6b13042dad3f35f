import { randomId } from "@/components/ui/random-id";
import { toast } from "@/components/ui/toast";
import type { WholeRoom } from "@/lib/chatroom/foreign-room";
import { openIndexedRoomStore } from "@/lib/chatroom/indexed-room-store";
import { DEFAULT_SETTINGS, newRoom, newRoomModel } from "@/lib/chatroom/new-room";
import { RoomSession } from "@/lib/chatroom/room-session";
import {
  memoryRoomStore,
  type RoomStore,
  StorageFull,
  StorageOutdated,
  type StoredFile,
} from "@/lib/chatroom/room-store";
import type { ChatModel } from "@/lib/schemas/chat-model";
import type { Room, Turn } from "@/lib/schemas/chatroom";
import { catchUp } from "./catch-up";
import type { HomeState } from "./home-state";
import { findUnsentRoom, RoomDrafts, rememberUnsentRoom } from "./room-drafts";
import { holdRoom } from "./room-lock";
import { loadStreams, sessionPartsOf } from "./session-parts-of";

/** By then a room that was opened is drawn. */
const TIDY_AFTER_MS = 2_000;

/** All rooms of one person in this page, and the one that is open. Answers go on while another room, or page, is looked at. */
export class ChatHome {
  private readonly personId: string;
  private models: ReadonlyMap<string, ChatModel> = new Map();
  private readonly listeners = new Set<() => void>();
  private readonly sessions = new Map<string, RoomSession>();
  private store: RoomStore = memoryRoomStore();
  private readonly temporary = memoryRoomStore();
  private readonly drafts = new RoomDrafts();
  /** A room that was left before anything was asked in it. */
  private unsent: RoomSession | undefined;
  private state: HomeState;
  private release: () => void = () => undefined;
  private isOpening = false;

  constructor(personId: string) {
    this.personId = personId;
    const room = newRoom(randomId(), [], DEFAULT_SETTINGS, Date.now());
    this.state = {
      isOpen: false,
      rooms: [],
      session: this.sessionOf(room, [], this.temporary),
      draft: this.drafts.of(room.id, null),
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

  /** Where the files of the open room are. */
  get roomStore(): RoomStore {
    return this.storeOf(this.state.session.getView().room.id);
  }

  storeOf(roomId: string): RoomStore {
    const { session, isTemporary } = this.state;
    return isTemporary && session.getView().room.id === roomId ? this.temporary : this.store;
  }

  /** Where rooms are kept for good. */
  get keptStore(): RoomStore {
    return this.store;
  }

  /** Of a room that is open, or could not be kept, or is being answered in. */
  sessionIn(roomId: string): RoomSession | undefined {
    const { session } = this.state;
    return session.getView().room.id === roomId ? session : this.sessions.get(roomId);
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
    const { draft } = this.state;
    if (roomId === undefined || !(await this.openRoom(roomId))) {
      const id = roomId === undefined ? await findUnsentRoom(this.personId, this.store) : undefined;
      this.show(this.newSession(asked.length > 0 ? asked : fallback, false, undefined, id), false);
    }
    // What was written before the rooms were there.
    if (!draft.isEmpty) this.state.draft.change(() => draft.getState());
    this.change({ isOpen: true });
    this.tidy(() => this.store.sweepUnsent(Date.now()));
  }

  /**
   * A room that was begun, and left before anything was asked in it, is found again; unless models are asked for.
   *
   * @param like its models, and what most people want everywhere, are taken over
   */
  startRoom(modelIds: readonly string[], isTemporary = false, like?: Room): void {
    const { unsent } = this;
    const isBegun = unsent?.getView().turns.length === 0 && !this.drafts.isEmpty(unsent.getView().room.id);
    const goesOn = isBegun && modelIds.length === 0 && !isTemporary;
    this.show(goesOn ? unsent : this.newSession(modelIds, isTemporary, like), isTemporary);
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

  /** With all that is in them, for ever. What could not be kept before is kept in the space that they leave. */
  async deleteRooms(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.forget(id);
    await this.store.deleteRooms(ids).catch((error: unknown) => this.onStorageError(error));
    await this.refreshRooms();
    await this.catchUp();
  }

  /** @throws StorageFull, and nothing is changed */
  async importRooms(rooms: readonly WholeRoom[], files: readonly StoredFile[]): Promise<void> {
    await this.store.importRooms(rooms, files);
    await Promise.all(rooms.map(({ room }) => this.sessions.get(room.id)?.reload()));
    await this.refreshRooms();
  }

  /** Tries again to keep what there was no space for. */
  async catchUp(): Promise<void> {
    const isFull = () => this.state.problem === "full" || this.state.problem === "unkept";
    if (!isFull()) return;
    const isKept = await catchUp(() => [...this.sessions.values()]);
    if (!isKept || !isFull()) return;
    this.change({ problem: null });
    await this.refreshRooms();
  }

  /** Lists the rooms that are kept, and those that could not be. */
  async refreshRooms(): Promise<void> {
    try {
      const kept = await this.store.listRooms();
      const unkept = [...this.sessions.values()].filter(({ keeper }) => keeper.isBehind);
      const all = [...kept, ...unkept.map((session) => session.getView().room)];
      this.change({ rooms: [...new Map(all.map((room) => [room.id, room])).values()] });
    } catch (error) {
      this.onStorageError(error);
    }
  }

  /** Loads what the first question needs, while it is still being written. */
  prepareToAsk(): void {
    void loadStreams();
  }

  /** Writes here what another page has written so far. */
  takeOver(): void {
    this.hold(this.state.session, true);
  }

  /** The person knows, and goes on. */
  dismissProblem(): void {
    const isBehind = [...this.sessions.values()].some(({ keeper }) => keeper.isBehind);
    this.change({ problem: isBehind ? "unkept" : null });
  }

  readonly onStorageError = (error: unknown): void => {
    if (!(error instanceof StorageFull)) this.change({ problem: "broken" });
    else if (this.state.problem !== "unkept") this.change({ problem: "full" });
  };

  private newSession(modelIds: readonly string[], isTemporary: boolean, like?: Room, id = randomId()): RoomSession {
    const models = like?.models ?? modelIds.map((modelId) => newRoomModel(randomId(), modelId));
    const { web, reasoning, tools } = like?.settings ?? DEFAULT_SETTINGS;
    const room = newRoom(id, models, { ...DEFAULT_SETTINGS, web, reasoning, tools }, Date.now());
    return this.sessionOf(room, [], isTemporary ? this.temporary : this.store);
  }

  private sessionOf(room: Room, turns: readonly Turn[], store: RoomStore): RoomSession {
    const parts = sessionPartsOf(store, (modelId) => this.models.get(modelId), this.onStorageError);
    return new RoomSession(room, turns, parts);
  }

  private show(session: RoomSession, isTemporary: boolean): void {
    const { room, turns } = session.getView();
    if (session !== this.state.session) this.leave();
    if (!isTemporary) this.sessions.set(room.id, session);
    const draft = this.drafts.of(room.id, isTemporary ? null : this.store);
    this.change({ session, isTemporary, isFollower: false, draft });
    if (isTemporary) return;
    this.hold(session, false);
    if (turns.length > 0) return;
    this.unsent = session;
    rememberUnsentRoom(this.personId, room.id);
  }

  /** A room that is left is forgotten, unless answers are on their way in it or it could not be kept. */
  private leave(): void {
    const { session, isTemporary, isFollower } = this.state;
    this.release();
    const { room, isAnswering } = session.getView();
    this.drafts.leave(room.id);
    if (isAnswering || session.keeper.isBehind) return;
    this.sessions.delete(room.id);
    if (!isTemporary && !isFollower) this.tidy(() => this.store.sweepRoom(room.id, Date.now()));
  }

  /** Lets go of a room that is gone, or is about to be. */
  private forget(id: string): void {
    const session = this.sessions.get(id);
    session?.stop();
    session?.close();
    this.sessions.delete(id);
    this.drafts.drop(id);
    const { session: open, isTemporary } = this.state;
    if (!isTemporary && open.getView().room.id === id) this.startRoom([], false, open.getView().room);
  }

  /** Removes what nobody needs any more, when the room is in view; what fails now is done another time. */
  private tidy(sweep: () => Promise<void>): void {
    setTimeout(() => void sweep().catch(() => undefined), TIDY_AFTER_MS);
  }

  private hold(session: RoomSession, steal: boolean): void {
    this.release();
    const { id } = session.getView().room;
    const isCurrent = () => this.state.session === session;
    this.release = holdRoom(`${this.personId}-${id}`, steal, {
      onHeld: () => {
        const wasFollower = isCurrent() && this.state.isFollower;
        if (isCurrent()) this.change({ isFollower: false });
        const isNews = steal || wasFollower;
        if (isCurrent() && isNews) void this.state.draft.load();
        void (isNews ? session.reload() : Promise.resolve()).then(() => session.resume());
        this.tidy(() => this.store.sweepRoom(id, Date.now()));
      },
      onHeldElsewhere: () => {
        session.stop();
        if (isCurrent()) this.change({ isFollower: true });
      },
    });
  }

  private async onForeignChange(roomId: string): Promise<void> {
    const { session, isFollower } = this.state;
    const own = this.sessions.get(roomId);
    const isKept = own === undefined || own.getView().turns.length === 0 || own.keeper.isBehind;
    if (!isKept && (await this.store.getRoom(roomId)) === undefined) {
      toast({ title: `“${own.getView().room.title}” was deleted in another tab`, status: "caution" });
      this.forget(roomId);
    } else if (isFollower && session.getView().room.id === roomId) await session.reload();
    await this.refreshRooms();
  }

  private change(changes: Partial<HomeState>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener();
  }
}
