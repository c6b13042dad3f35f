import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { forgetProcessState } from "@/lib/process-state";
import { relayRequest } from "./relay-request";

let server: Server;
let base = "";
let seen: { method: string | undefined; headers: IncomingMessage["headers"]; body: string } | undefined;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    seen = { method: request.method, headers: request.headers, body };
    if (request.url === "/away") response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    else if (request.url === "/broken") response.write("half", () => response.destroy());
    else if (request.url === "/missing") response.writeHead(404, { "content-type": "text/plain" }).end("nothing");
    else response.writeHead(200, { "mcp-session-id": "s1", "set-cookie": "a=b", "content-type": "text/x" }).end("fine");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  base = `http://127.0.0.1:${address.port}`;
  forgetProcessState("guarded-agent");
  setEnv({ FETCH_ALLOW_HOSTS: `127.0.0.1:${address.port}` });
});

afterAll(async () => {
  setEnv({ FETCH_ALLOW_HOSTS: "" });
  forgetProcessState("guarded-agent");
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const relay = (url: string, headers: Record<string, string> = {}) =>
  relayRequest({ url, method: "POST", headers, body: "{}" }, new AbortController().signal);

test("passes the request on with the person's headers, and none that say where it came from", async () => {
  const answer = await relay(`${base}/mcp`, {
    Authorization: "Bearer k",
    "X-Api-Key": "k2",
    "PRIVATE-TOKEN": "k3",
    "Content-Type": "application/json",
    Cookie: "session=1",
    Host: "elsewhere",
    "X-Forwarded-For": "1.2.3.4",
  });
  expect(await answer.text()).toBe("fine");
  expect(seen).toMatchObject({ method: "POST", body: "{}" });
  expect(seen?.headers).toMatchObject({
    authorization: "Bearer k",
    "x-api-key": "k2",
    "private-token": "k3",
    "content-type": "application/json",
  });
  expect(seen?.headers.cookie).toBeUndefined();
  expect(seen?.headers["x-forwarded-for"]).toBeUndefined();
  expect(seen?.headers.host).toMatch(/^127\.0\.0\.1/);
});

test("gives back what the protocol needs, and no cookie", async () => {
  const answer = await relay(`${base}/mcp`);
  expect(answer.headers.get("mcp-session-id")).toBe("s1");
  expect(answer.headers.get("x-relayed-status")).toBe("200");
  expect(answer.headers.get("set-cookie")).toBeNull();
});

test("what breaks off in the middle ends where it broke off", async () => {
  const answer = await relay(`${base}/broken`);
  expect(await answer.text()).toBe("half");
});

test.each([
  ["/missing", "404"],
  ["/away", "302"],
])("%s is told by its status %s and not followed", async (path, status) => {
  expect((await relay(`${base}${path}`)).headers.get("x-relayed-status")).toBe(status);
});

test.each(["http://127.0.0.1:1/", "http://169.254.169.254/latest", "http://[::1]/", "http://localhost/"])(
  "%s is refused: it is no public host",
  async (url) => {
    await expect(relay(url)).rejects.toMatchObject({ kind: "forbidden" });
  },
);

test.each(["file:///etc/passwd", "nothing", "ftp://a.example/"])("%s is no address for it", async (url) => {
  await expect(relay(url)).rejects.toMatchObject({ kind: "forbidden" });
});
