import { EventSourceParserStream } from "eventsource-parser/stream";
import { afterAll, beforeAll } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "@/lib/sandbox/start-sandbox";

export type Received = { status: number; headers: Headers; text: string };
export type ReceivedEvent = { event: string | undefined; data: string };

const KEYS = { authorization: "Bearer sandbox", "x-api-key": "sandbox", "x-goog-api-key": "sandbox" };

/** For tests: runs a sandbox that answers at once for as long as the tests of a file take. */
export function testSandbox(options: SandboxOptions = {}) {
  let sandbox: Sandbox | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox({ speed: "instant", ...options });
  });
  afterAll(() => sandbox?.close());

  const running = () => {
    if (sandbox === undefined) throw new Error("the sandbox runs only while tests do");
    return sandbox;
  };
  const send = (path: string, body: unknown, init: { headers?: Record<string, string>; signal?: AbortSignal } = {}) =>
    fetch(running().baseUrl + path, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...init,
      headers: { "content-type": "application/json", ...KEYS, ...init.headers },
    });

  return {
    running,
    send,
    /** Posts a body (a string goes out as it is) with keys in all three places. */
    async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Received> {
      const response = await send(path, body, { headers });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    /** Posts a body and parses the JSON that comes back. */
    async postJson(path: string, body: unknown, headers: Record<string, string> = {}) {
      const response = await send(path, body, { headers });
      return { status: response.status, headers: response.headers, json: await response.json() };
    },
    /** Posts a body and reads server-sent events to the end. Rejects when the connection breaks off. */
    async postEvents(path: string, body: unknown, headers: Record<string, string> = {}): Promise<ReceivedEvent[]> {
      const response = await send(path, body, { headers });
      if (response.body === null) return [];
      const events: ReceivedEvent[] = [];
      const reader = response.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream())
        .getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        events.push({ event: read.value.event, data: read.value.data });
      }
      return events;
    },
  };
}
