import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { ConnectionLost } from "@/lib/chatroom/stream-errors";
import { CompletionRefused, streamCompletion } from "./stream-completion";

const REQUEST = { model: "acme/test", messages: [{ role: "user", content: "Hi" }] } as const;

const closing: (() => void)[] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  for (const close of closing.splice(0)) close();
});

/** Serves the API on loopback; relative addresses lead there, as they lead to the page's own server in a browser. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const realFetch = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => realFetch(new URL(path, origin), init));
}

function chunk(content: string): string {
  const choice = { index: 0, delta: { content }, finish_reason: null, native_finish_reason: null, logprobs: null };
  return `data: ${JSON.stringify({
    id: "gen-1",
    object: "chat.completion.chunk",
    created: 1,
    model: "acme/test",
    provider: "Acme",
    choices: [choice],
  })}\n\n`;
}

async function textOf(stream: ReturnType<typeof streamCompletion>, said: string[] = []): Promise<string[]> {
  for await (const { choices } of stream) said.push(choices[0]?.delta.content ?? "");
  return said;
}

const STREAM = `: PROCESSING\n\n${chunk("héllo")}${chunk(" wörld")}data: [DONE]\n\n`;

// A network may split the stream anywhere, inside a multi-byte character too. The pieces are handed over as they are,
// because a socket joins small ones again.
test.each([1, 3, 7, 10_000])("gives the same text when bytes arrive %i at a time", async (size) => {
  const bytes = new TextEncoder().encode(STREAM);
  const body = new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
      controller.close();
    },
  });
  vi.stubGlobal("fetch", async () => new Response(body));
  expect(await textOf(streamCompletion(REQUEST, new AbortController().signal))).toEqual(["héllo", " wörld"]);
});

test("sends the request as a streamed one", async () => {
  let body = "";
  await serve((request, response) => {
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => response.end(STREAM));
  });
  await textOf(streamCompletion(REQUEST, new AbortController().signal));
  expect(JSON.parse(body)).toEqual({ ...REQUEST, stream: true });
});

test("a refusal keeps the API's message, status and metadata", async () => {
  const error = { code: 402, message: "Insufficient credits", metadata: { reason: "balance" } };
  await serve((_, response) => response.writeHead(402).end(JSON.stringify({ error })));
  const refusal = await textOf(streamCompletion(REQUEST, new AbortController().signal)).catch((thrown) => thrown);
  expect(refusal).toBeInstanceOf(CompletionRefused);
  expect(refusal.body).toEqual(error);
});

test("an answer that is no JSON is a refusal with its status", async () => {
  await serve((_, response) => response.writeHead(502).end("<html>Bad gateway</html>"));
  const refusal = await textOf(streamCompletion(REQUEST, new AbortController().signal)).catch((thrown) => thrown);
  expect(refusal).toBeInstanceOf(CompletionRefused);
  expect(refusal.body.code).toBe(502);
});

test.each([
  { name: "ends without its end mark", cut: (response: ServerResponse) => void response.end() },
  { name: "is torn off", cut: (response: ServerResponse) => void response.destroy() },
])("a stream that $name is a lost connection, after what had arrived", async ({ cut }) => {
  await serve((_, response) => {
    response.write(chunk("part"), () => setImmediate(() => cut(response)));
  });
  const said: string[] = [];
  await expect(textOf(streamCompletion(REQUEST, new AbortController().signal), said)).rejects.toBeInstanceOf(
    ConnectionLost,
  );
  expect(said).toEqual(["part"]);
});

test("an abort closes the connection and is not taken for a loss", async () => {
  let hangUp: () => void = () => undefined;
  const hungUp = new Promise<void>((resolve) => {
    hangUp = resolve;
  });
  await serve((_, response) => {
    response.on("close", () => hangUp());
    response.write(chunk("part"));
  });
  const abort = new AbortController();
  const stream = streamCompletion(REQUEST, abort.signal);
  await stream.next();
  abort.abort();
  await expect(stream.next()).rejects.toMatchObject({ name: "AbortError" });
  await hungUp;
});
