import { StorageFull } from "./room-store";

/** Keeps what a room writes. What the browser had no space for waits here, to be kept when there is some. */
export class RoomKeeper {
  private readonly waiting = new Map<string, () => Promise<void>>();
  private isEnded = false;
  private readonly onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  /** Something was not kept. */
  get isBehind(): boolean {
    return this.waiting.size > 0;
  }

  /**
   * @param key names what is kept, so that only its newest form waits
   * @param save is called again later where there was no space: it must keep the newest form then
   */
  async keep(key: string, save: () => Promise<void>): Promise<void> {
    if (this.isEnded) return;
    try {
      await save();
      this.waiting.delete(key);
    } catch (error) {
      if (error instanceof StorageFull) this.waiting.set(key, save);
      this.onError(error);
    }
  }

  /** Keeps all that waits. What has no space even now waits on, and is not said again. */
  async catchUp(): Promise<void> {
    for (const [key, save] of [...this.waiting]) {
      try {
        await save();
        if (this.waiting.get(key) === save) this.waiting.delete(key);
      } catch (error) {
        if (error instanceof StorageFull) return;
        this.waiting.delete(key);
        this.onError(error);
      }
    }
  }

  /** Keeps nothing any more: the room was deleted, and an answer that ends later must not bring it back. */
  end(): void {
    this.isEnded = true;
    this.waiting.clear();
  }
}
