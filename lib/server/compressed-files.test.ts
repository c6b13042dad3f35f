import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compressStatic } from "./compress-static.mjs";
import { loadCompressedFiles, serveCompressed } from "./compressed-files";

const CODE = `console.log(${JSON.stringify("signal ".repeat(400))});`;
const directory = mkdtempSync(path.join(tmpdir(), "signalbox-static-"));

const server = createServer((message, response) => {
  if (!serveCompressed(files, message, response)) response.writeHead(204).end();
});
let files: ReturnType<typeof loadCompressedFiles>;
let port = 0;

beforeAll(async () => {
  mkdirSync(path.join(directory, "chunks"));
  writeFileSync(path.join(directory, "chunks/a b.js"), CODE);
  writeFileSync(path.join(directory, "chunks/small.js"), "1");
  writeFileSync(path.join(directory, "chunks/font.woff2"), CODE);
  compressStatic(directory);
  files = loadCompressedFiles(directory);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address: AddressInfo | string | null = server.address();
  port = address === null || typeof address === "string" ? 0 : address.port;
});

afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

test.each([
  { accepted: "gzip, deflate, br", encoding: "br" },
  { accepted: "gzip;q=1.0, br;q=0", encoding: "gzip" },
  { accepted: "GZIP", encoding: "gzip" },
])("$accepted gets $encoding, and the same code in it", async ({ accepted, encoding }) => {
  const { status, headers, body } = await get("/_next/static/chunks/a%20b.js?dpl=1", accepted);
  expect(status).toBe(200);
  expect(headers["content-encoding"]).toBe(encoding);
  expect(headers["cache-control"]).toContain("immutable");
  expect(headers["content-type"]).toContain("javascript");
  expect((encoding === "br" ? brotliDecompressSync(body) : gunzipSync(body)).toString()).toBe(CODE);
});

test.each([
  { name: "a client that takes neither form", address: "/_next/static/chunks/a%20b.js", accepted: "identity" },
  { name: "a file too small to gain", address: "/_next/static/chunks/small.js", accepted: "br" },
  { name: "a file that is compressed by itself", address: "/_next/static/chunks/font.woff2", accepted: "br" },
  { name: "an address outside the build", address: "/_next/static/../../package.json", accepted: "br" },
  { name: "an address that cannot be decoded", address: "/_next/static/%ff.js", accepted: "br" },
])("$name is left to Next", async ({ address, accepted }) => {
  expect((await get(address, accepted)).status).toBe(204);
});

type Answer = { status: number | undefined; headers: Record<string, unknown>; body: Buffer };

/** Not `fetch`, which decodes by itself. */
function get(address: string, accepted: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", path: address, headers: { "accept-encoding": accepted } }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    })
      .on("error", reject)
      .end();
  });
}
