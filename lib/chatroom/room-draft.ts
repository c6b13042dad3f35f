import type { FileReference } from "@/lib/schemas/chatroom";
import type { RoomStore } from "./room-store";

export type DraftState = { text: string; files: readonly FileReference[] };

const EMPTY: DraftState = { text: "", files: [] };

type DraftParts = {
  roomId: string;
  /** `null` for a room that leaves no trace: its draft is in the page alone. */
  store: Pick<RoomStore, "getDraft" | "saveDraft"> | null;
  /** Milliseconds since 1970. */
  now: () => number;
};

/** The question that is being written in a room. Each change is kept at once, or as soon as the one before it is. */
export class RoomDraft {
  private readonly parts: DraftParts;
  private readonly listeners = new Set<() => void>();
  private state = EMPTY;
  private isSaving = false;
  /** There is something newer than what is being saved. */
  private isStale = false;

  constructor(parts: DraftParts) {
    this.parts = parts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly getState = (): DraftState => this.state;

  get isEmpty(): boolean {
    return this.state.text === "" && this.state.files.length === 0;
  }

  /** Takes what was kept, unless something was written in the meantime. */
  async load(): Promise<void> {
    const before = this.state;
    const kept = await this.parts.store?.getDraft(this.parts.roomId);
    if (kept !== undefined && this.state === before) this.show({ text: kept.text, files: kept.files });
  }

  /** @param change is given the newest state: files arrive while words are written */
  change(change: (before: DraftState) => Partial<DraftState>): void {
    this.show({ ...this.state, ...change(this.state) });
    void this.save();
  }

  private show(state: DraftState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }

  private async save(): Promise<void> {
    const { store, roomId, now } = this.parts;
    this.isStale = true;
    if (store === null || this.isSaving) return;
    this.isSaving = true;
    while (this.isStale) {
      this.isStale = false;
      const { text, files } = this.state;
      // It is in the page still; what is said about a full browser is said when the question is asked.
      await store.saveDraft({ roomId, text, files: [...files], changedMs: now() }).catch(() => undefined);
    }
    this.isSaving = false;
  }
}
