/**
 * Tells when the caller goes away. An AbortSignal is one; the node door makes a lighter one for every request, because
 * an AbortSignal with its listeners costs as much as planning the route.
 */
export type ClientSignal = Pick<AbortSignal, "aborted" | "reason"> & {
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
};

/** A {@link ClientSignal} with the means to fire it. */
export class ClientController implements ClientSignal {
  aborted = false;
  reason: unknown;
  private readonly listeners = new Set<() => void>();

  addEventListener(_type: "abort", listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.listeners.delete(listener);
  }

  /** Tells every listener once; later calls do nothing. */
  abort(reason: Error): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of [...this.listeners]) listener();
    this.listeners.clear();
  }
}

/** The same as a real AbortSignal, for those who hand it to a library. */
export function abortSignalOf(client: ClientSignal): AbortSignal {
  if (client instanceof AbortSignal) return client;
  const controller = new AbortController();
  const abort = () => controller.abort(client.reason);
  if (client.aborted) abort();
  else client.addEventListener("abort", abort);
  return controller.signal;
}
