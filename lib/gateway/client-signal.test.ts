import { describe, expect, test } from "vitest";
import { abortSignalOf, ClientController } from "./client-signal";

const gone = new Error("the client went away");

describe("ClientController", () => {
  test("tells every listener once, with the first reason, and not those that were removed", () => {
    const client = new ClientController();
    const heard: string[] = [];
    const removed = () => heard.push("removed");
    client.addEventListener("abort", () => heard.push("first"));
    client.addEventListener("abort", removed);
    client.addEventListener("abort", () => heard.push("second"));
    client.removeEventListener("abort", removed);
    client.abort(gone);
    client.abort(new Error("again"));
    expect(heard).toEqual(["first", "second"]);
    expect(client.aborted).toBe(true);
    expect(client.reason).toBe(gone);
  });

  test("a listener may remove others while it is told", () => {
    const client = new ClientController();
    const heard: string[] = [];
    const second = () => heard.push("second");
    client.addEventListener("abort", () => client.removeEventListener("abort", second));
    client.addEventListener("abort", second);
    client.abort(gone);
    expect(heard).toEqual(["second"]);
  });
});

describe("abortSignalOf", () => {
  test("a real signal is given back as it is", () => {
    const { signal } = new AbortController();
    expect(abortSignalOf(signal)).toBe(signal);
  });

  test("fires with the client's reason, whether that comes before or after", () => {
    const before = new ClientController();
    before.abort(gone);
    expect(abortSignalOf(before)).toMatchObject({ aborted: true, reason: gone });
    const after = new ClientController();
    const signal = abortSignalOf(after);
    expect(signal.aborted).toBe(false);
    after.abort(gone);
    expect(signal).toMatchObject({ aborted: true, reason: gone });
  });
});
