declare global {
  var signalboxState: Map<string, unknown> | undefined;
}

/**
 * The one value of that name in this process, made on first use.
 *
 * The production server and Next's routes are bundled separately, so a module-level variable exists twice; what must be
 * one per process (pools, caches, health windows, counters) lives here instead.
 */
export function processState<T>(name: string, create: () => T): T {
  globalThis.signalboxState ??= new Map();
  const states = globalThis.signalboxState;
  if (!states.has(name)) states.set(name, create());
  // The name decides the type: each is used by exactly one module, with one `create`.
  return states.get(name) as T;
}

/** Forgets the value of that name; the next use makes a new one. For shutdown and tests. */
export function forgetProcessState(name: string): void {
  globalThis.signalboxState?.delete(name);
}
