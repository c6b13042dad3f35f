/** Stands for the room itself among the ids of its answers. */
export const ROOM = "";

/** Who hears of what: listeners are told before the next drawing, once for all that changed by then. */
export class SessionListeners {
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly changed = new Set<string>();
  private isDrawing = false;
  private readonly beforeDrawing: (draw: () => void) => void;

  constructor(beforeDrawing: (draw: () => void) => void) {
    this.beforeDrawing = beforeDrawing;
  }

  /** @returns what ends it */
  add(id: string, listener: () => void): () => void {
    const own = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, own.add(listener));
    return () => {
      own.delete(listener);
      if (own.size === 0 && this.listeners.get(id) === own) this.listeners.delete(id);
    };
  }

  tell(id: string): void {
    this.changed.add(id);
    if (this.isDrawing) return;
    this.isDrawing = true;
    this.beforeDrawing(() => {
      this.isDrawing = false;
      const changed = [...this.changed];
      this.changed.clear();
      for (const one of changed) for (const listener of this.listeners.get(one) ?? []) listener();
    });
  }

  /** Tells at once: whoever types into a field must find there what they typed before the next key. */
  tellNow(id: string): void {
    this.changed.delete(id);
    for (const listener of this.listeners.get(id) ?? []) listener();
  }

  clear(): void {
    this.listeners.clear();
  }
}
