import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { forgetProcessState } from "@/lib/process-state";
import { type FetchFailure, fetchPublic } from "./fetch-public";

const LIMITS = { maxBytes: 1_048_576, timeoutMs: 2_000 };

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function startHost(handler: Handler) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handler(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { port: address.port, requests, close };
}

const handlers: Record<string, Handler> = {
  "/picture": (_request, response) => response.end("pixels"),
  "/moved": (_request, response) => response.writeHead(302, { location: "/picture" }).end(),
  "/away": (_request, response) => response.writeHead(302, { location: `http://127.0.0.1:${secret.port}/` }).end(),
  "/file": (_request, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
  "/loop": (_request, response) => response.writeHead(301, { location: "/loop" }).end(),
  "/large": (_request, response) => response.end(Buffer.alloc(2_000_000)),
  "/large-chunked": (_request, response) => {
    for (let count = 0; count < 20; count++) response.write(Buffer.alloc(100_000));
    response.end();
  },
  "/slow": () => undefined,
  "/elsewhere": (_request, response) => response.writeHead(302, { location: "https://other.example/page" }).end(),
  "/missing": (_request, response) => response.writeHead(404).end("no"),
};

let host: Awaited<ReturnType<typeof startHost>>;
let secret: Awaited<ReturnType<typeof startHost>>;

beforeAll(async () => {
  host = await startHost((request, response) => handlers[request.url?.split("?")[0] ?? ""]?.(request, response));
  secret = await startHost((_request, response) => response.end("metadata"));
  forgetProcessState("guarded-agent");
  setEnv({ FETCH_ALLOW_HOSTS: `127.0.0.1:${host.port}` });
});

afterAll(async () => {
  setEnv({ FETCH_ALLOW_HOSTS: "" });
  forgetProcessState("guarded-agent");
  await Promise.all([host.close(), secret.close()]);
});

const at = (path: string) => `http://127.0.0.1:${host.port}${path}`;
const failureOf = (address: string, limits = LIMITS) =>
  fetchPublic(address, limits).then(
    () => {
      throw new Error("was fetched");
    },
    (error: FetchFailure) => error,
  );

test.each(["/picture", "/moved"])("%s is fetched from a host that is allowed", async (path) => {
  expect(Buffer.from(await fetchPublic(at(path), LIMITS)).toString()).toBe("pixels");
});

describe("what is not public is not asked", () => {
  test.each([
    ["a private address", () => `http://127.0.0.1:${secret.port}/`],
    ["the same as one number", () => `http://2130706433:${secret.port}/`],
    ["the same in octal", () => `http://0177.0.0.1:${secret.port}/`],
    ["the same in IPv6", () => `http://[::ffff:127.0.0.1]:${secret.port}/`],
    ["the loopback of IPv6", () => `http://[::1]:${secret.port}/`],
    ["a name that resolves to one", () => `http://localhost:${secret.port}/`],
    ["a metadata service", () => "http://169.254.169.254/latest/meta-data/"],
    ["a redirect to a private address", () => at("/away")],
    ["a redirect to a file", () => at("/file")],
    ["a file", () => "file:///etc/passwd"],
    ["no address", () => "lever.jpg"],
  ])("%s", async (_name, address) => {
    const error = await failureOf(address());
    expect(error).toMatchObject({ kind: "forbidden" });
    expect(secret.requests).toHaveLength(0);
  });
});

test("a redirect to another host is told and not followed where only one was allowed", async () => {
  const one = { ...LIMITS, isOneHost: true };
  expect(Buffer.from(await fetchPublic(at("/moved"), one)).toString()).toBe("pixels");
  const error = await failureOf(at("/elsewhere"), one);
  expect(error).toMatchObject({ kind: "forbidden", message: "leads to another host, to https://other.example/page" });
});

describe("limits", () => {
  test.each(["/large", "/large-chunked"])("of size: %s", async (path) => {
    expect(await failureOf(at(path))).toMatchObject({ kind: "too-large", message: "is larger than 1 MB" });
  });

  test("of time", async () => {
    const error = await failureOf(at("/slow"), { ...LIMITS, timeoutMs: 50 });
    expect(error).toMatchObject({ kind: "unreachable", message: "did not arrive within 50 ms" });
  });

  test("of redirects", async () => {
    expect(await failureOf(at("/loop"))).toMatchObject({ kind: "unreachable", message: "redirects too often" });
  });
});

test("what is not there is told with its status, not with its content", async () => {
  expect(await failureOf(at("/missing"))).toMatchObject({ kind: "unreachable", message: "answered with status 404" });
});

test("nobody's credentials are sent", async () => {
  await fetchPublic(at("/picture").replace("//", "//user:password@"), LIMITS);
  const sent = host.requests.at(-1)?.headers ?? {};
  expect(Object.keys(sent).sort()).toEqual(["accept", "accept-encoding", "connection", "host", "user-agent"]);
});
