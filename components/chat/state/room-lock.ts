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
    locks.request(`chat-${name}`, { signal: waiting.signal }, () => (isReleased ? undefined : untilReleased()));
  // Another page has taken it: this one follows, until that one lets it go.
  const follow = () => {
    if (isReleased) return;
    onHeldElsewhere();
    wait().catch(follow);
  };
  if (steal) {
    locks.request(`chat-${name}`, { steal: true }, untilReleased).catch(follow);
  } else {
    locks
      .request(`chat-${name}`, { ifAvailable: true }, (lock) => {
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
