import { stat } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { UpstreamError } from "@/lib/providers/types";
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

test("ends for different reasons that can be told apart", () => {
  const failure = new UpstreamError({ status: 500, providerCode: undefined, message: "broken" });
  const all = { failure, timeout: new WatchdogTimeout("slow"), stopping: new ServerStopping() };
  const areOf = (kind: abstract new (...parameters: never[]) => unknown) =>
    Object.entries(all).flatMap(([name, error]) => (error instanceof kind ? [name] : []));
  expect(areOf(UpstreamError)).toEqual(["failure", "timeout", "stopping"]);
  expect(areOf(WatchdogTimeout)).toEqual(["timeout"]);
  expect(areOf(ServerStopping)).toEqual(["stopping"]);
});

describe("after this process stood still", () => {
  beforeEach(() => vi.useRealTimers());

  async function standStill(sent: "content" | "nothing"): Promise<Error[]> {
    const reasons: Error[] = [];
    const watched = new Watchdog(client.signal, { firstContentMs: 10, gapMs: 5_000, totalMs: 10_000 });
    watched.guard({ cancel: (reason) => reasons.push(reason) });
    const read = new Promise<void>((resolve) => {
      stat(import.meta.filename, () => {
        if (sent === "content") watched.noteContent();
        resolve();
      });
    });
    for (const startedMs = performance.now(); performance.now() - startedMs < 150; );
    await read;
    for (let turns = 0; turns < 5; turns += 1) await turn();
    watched.stop();
    return reasons;
  }

  test("what arrived meanwhile is read before the provider is given up", async () => {
    expect(await standStill("content")).toEqual([]);
  });

  test("a provider that sent nothing meanwhile is given up", async () => {
    expect(await standStill("nothing")).toEqual([expect.any(WatchdogTimeout)]);
  });
});
