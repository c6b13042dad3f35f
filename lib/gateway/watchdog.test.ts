import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { countRunningAttempts, cutRunningAttempts } from "./running-attempts";
import { ClientTooSlow, ServerStopping, Watchdog, WatchdogTimeout } from "./watchdog";

const BUDGETS = { firstContentMs: 1_000, gapMs: 200, totalMs: 10_000 };

let client: AbortController;
let watchdog: Watchdog;
let ended: Error[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  client = new AbortController();
  ended = [];
  watchdog = new Watchdog(client.signal, BUDGETS);
  watchdog.guard({ cancel: (reason) => ended.push(reason) });
});

afterEach(() => {
  watchdog.stop();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTime(ms);

/** Content every so often, for so long. */
function speak(everyMs: number, forMs: number): void {
  for (let spent = 0; spent < forMs; spent += everyMs) {
    watchdog.noteContent();
    pass(everyMs);
  }
}

test("gives up a provider that says nothing in time", () => {
  pass(BUDGETS.firstContentMs - 1);
  expect(ended).toEqual([]);
  pass(1);
  expect(ended).toEqual([expect.any(WatchdogTimeout)]);
  expect(ended[0]).toMatchObject({ failure: { status: 408 } });
});

test("gives up a provider that falls silent, counted from its last word", () => {
  speak(150, 1_500);
  expect(ended).toEqual([]);
  pass(BUDGETS.gapMs);
  expect(ended).toEqual([expect.any(WatchdogTimeout)]);
});

test("gives up an answer that never ends, however lively", () => {
  speak(100, BUDGETS.totalMs);
  expect(ended).toEqual([expect.any(WatchdogTimeout)]);
});

describe("a client that reads slowly", () => {
  test("costs the provider none of its time", () => {
    watchdog.noteContent();
    pass(150);
    watchdog.pause();
    pass(5_000);
    watchdog.resume();
    pass(49);
    expect(ended).toEqual([]);
    pass(1);
    expect(ended).toEqual([expect.any(WatchdogTimeout)]);
  });

  test("is to blame itself when the whole time is up", () => {
    watchdog.noteContent();
    watchdog.pause();
    pass(BUDGETS.totalMs);
    expect(ended).toEqual([expect.any(ClientTooSlow)]);
  });
});

test("a client that goes away ends the attempt at once, for its own reason", () => {
  const reason = new Error("gone");
  client.abort(reason);
  expect(ended).toEqual([reason]);
});

test("a client that was gone before ends an attempt that begins after", () => {
  client.abort(new Error("gone"));
  const late = new Watchdog(client.signal, BUDGETS);
  const reasons: Error[] = [];
  late.guard({ cancel: (reason) => reasons.push(reason) });
  expect(reasons).toEqual([expect.objectContaining({ message: "gone" })]);
});

test("an answer that came to its end is not watched any more", () => {
  watchdog.noteContent();
  watchdog.stop();
  pass(2 * BUDGETS.totalMs);
  client.abort(new Error("gone"));
  expect(ended).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a server that stops can end every attempt on its way", () => {
  expect(countRunningAttempts()).toBe(1);
  cutRunningAttempts();
  expect(ended).toEqual([expect.any(ServerStopping)]);
  expect(countRunningAttempts()).toBe(0);
});
