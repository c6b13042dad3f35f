import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openUpstream } from "./open-upstream";
import type { UpstreamRequest } from "./types";

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
});
let request: UpstreamRequest;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  request = { url: `http://127.0.0.1:${address.port}/v1`, headers: {}, body: "{}", droppedParameters: [] };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("an operator's address may lead anywhere", async () => {
  const response = await openUpstream(request).response;
  for await (const pieces of response.body) expect(pieces.length).toBeGreaterThan(0);
  expect(response.status).toBe(200);
});

test("an account's address leads to no private host", async () => {
  await expect(openUpstream(request, true).response).rejects.toThrow("does not lead to a public host");
});
