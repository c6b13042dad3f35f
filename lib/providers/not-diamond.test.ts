import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { askNotDiamond, NOT_DIAMOND_BUDGET_MS } from "./not-diamond";

type Received = { url: string | undefined; authorization: string | undefined; body: unknown };

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** A router that answers each question so. */
async function startRouter(answer: (response: ServerResponse) => void): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const body: unknown = JSON.parse(Buffer.concat(pieces).toString("utf8"));
    received.push({ url: request.url, authorization: request.headers.authorization, body });
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, received };
}

const json = (value: unknown) => (response: ServerResponse) => {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
};

function ask(baseUrl: string, preferCheap = false) {
  return askNotDiamond({
    baseUrl,
    apiKey: "nd-key",
    messages: [
      { role: "system", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
        ],
      },
    ],
    models: ["acme/swift-2.5", "other/large"],
    preferCheap,
  });
}

describe("the question", () => {
  test("carries the conversation's text and the models, with the key, and no pictures", async () => {
    const { url, received } = await startRouter(json({ providers: [{ provider: "other", model: "large" }] }));
    await ask(`${url}/`, true);
    expect(received).toEqual([
      {
        url: "/v2/modelRouter/modelSelect?type=openrouter",
        authorization: "Bearer nd-key",
        body: {
          messages: [
            { role: "system", content: "Be brief." },
            { role: "user", content: "What is this?" },
          ],
          llm_providers: [{ model: "acme/swift-2.5" }, { model: "other/large" }],
          tradeoff: "cost",
        },
      },
    ]);
  });

  test("asks for the best unless a cheap one will do", async () => {
    const { url, received } = await startRouter(json({ providers: [{ model: "other/large" }] }));
    await ask(url);
    expect(received[0]?.body).not.toHaveProperty("tradeoff");
  });
});

describe("the answer", () => {
  test.each([
    { name: "an id", provider: { model: "acme/swift-2.5" }, model: "acme/swift-2.5" },
    { name: "author and name apart", provider: { provider: "other", model: "large" }, model: "other/large" },
    { name: "a name alone, spelled with dashes", provider: { model: "swift-2-5" }, model: "acme/swift-2.5" },
  ])("names a model by $name", async ({ provider, model }) => {
    const { url } = await startRouter(json({ providers: [provider], session_id: "s" }));
    expect(await ask(url)).toEqual({ kind: "chosen", model });
  });

  test.each<{ name: string; answer: (response: ServerResponse) => void; reason: RegExp }>([
    { name: "an error", answer: (response) => response.writeHead(500).end("no"), reason: /status 500/ },
    { name: "no JSON", answer: (response) => response.writeHead(200).end("<html>"), reason: /could not be read/ },
    { name: "no choice", answer: json({ providers: [] }), reason: /could not be read/ },
    { name: "another model", answer: json({ providers: [{ model: "nobody/asked" }] }), reason: /not to choose/ },
    { name: "a broken connection", answer: (response) => response.socket?.destroy(), reason: /cannot be reached/ },
  ])("of $name is told as a notice", async ({ answer, reason }) => {
    const { url } = await startRouter(answer);
    expect(await ask(url)).toEqual({ kind: "failed", notice: expect.stringMatching(reason) });
  });

  test("that does not come is given up after the budget", async () => {
    const { url } = await startRouter(() => undefined);
    const startMs = performance.now();
    expect(await ask(url)).toEqual({ kind: "failed", notice: expect.stringMatching(/took too long/) });
    expect(performance.now() - startMs).toBeLessThan(2 * NOT_DIAMOND_BUDGET_MS);
  });
});
