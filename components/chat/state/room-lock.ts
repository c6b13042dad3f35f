type Holding = { onHeld: () => void; onHeldElsewhere: () => void };

/**
 * Makes this page the one that writes a room, unless another one does. When that one goes, or leaves the room, this one
 * takes its place. Browsers without locks (pages without TLS) let every page write.
 *
 * @param steal takes the room from the page that has it
 * @returns what lets it go
 */
export function holdRoom(name: string, steal: boolean, { onHeld, onHeldElsewhere }: Holding): () => void {
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) {
    onHeld();
    return () => undefined;
  }
  const waiting = new AbortController();
  let isReleased = false;
  let letGo: () => void = () => undefined;
  const untilReleased = () =>
    new Promise<void>((resolve) => {
      if (isReleased) resolve();
      letGo = resolve;
      onHeld();
    });
  const wait = () =>
    locks.request(lockOf(name), { signal: waiting.signal }, () => (isReleased ? undefined : untilReleased()));
  // Another page has taken it: this one follows, until that one lets it go.
  const follow = () => {
    if (isReleased) return;
    onHeldElsewhere();
    wait().catch(follow);
  };
  if (steal) {
    locks.request(lockOf(name), { steal: true }, untilReleased).catch(follow);
  } else {
    locks
      .request(lockOf(name), { ifAvailable: true }, (lock) => {
        if (lock !== null) return untilReleased();
        follow();
        return undefined;
      })
      .catch(follow);
  }
  return () => {
    isReleased = true;
    waiting.abort();
    letGo();
  };
}

/** Whether a page writes that room now. */
export async function isRoomHeld(name: string): Promise<boolean> {
  const locks: LockManager | undefined = navigator.locks;
  const { held } = (await locks?.query()) ?? {};
  return held?.some((lock) => lock.name === lockOf(name)) ?? false;
}

function lockOf(name: string): string {
  return `chat-${name}`;
}
