import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { forgetProcessState } from "@/lib/process-state";
import { adapterOf } from "@/lib/providers/registry";
import { type ChatRequest, chatRequestSchema } from "@/lib/schemas/chat-request";
import { PLAIN_TARGET } from "@/lib/testing/adapter-input";
import { ClientController } from "./client-signal";
import { fetchMedia, type MediaShelf } from "./fetch-media";

const PNG = Buffer.from("iVBORw0KGgo=", "base64");
const CONTENT: Record<string, Buffer | string> = {
  "/lever.jpg": PNG,
  "/page.png": "<html>Not found</html>",
  "/plan": "%PDF-1.4",
  "/film": Buffer.from("\0\0\0\x20ftypisom", "latin1"),
};

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const content = CONTENT[request.url ?? ""];
  if (content === undefined) response.writeHead(404).end();
  else response.writeHead(200, { "content-type": "application/octet-stream" }).end(content);
});
let base = "";

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  base = `http://127.0.0.1:${address.port}`;
  forgetProcessState("guarded-agent");
  setEnv({ FETCH_ALLOW_HOSTS: "127.0.0.1" });
});
afterAll(() => {
  setEnv({ FETCH_ALLOW_HOSTS: "" });
  forgetProcessState("guarded-agent");
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
});

const requestWith = (...content: unknown[]): ChatRequest =>
  chatRequestSchema.parse({ messages: [{ role: "user", content }] });
const image = (path: string) => ({ type: "image_url", image_url: { url: base + path } });
const contentOf = async (
  request: ChatRequest,
  protocol: "bedrock" | "anthropic" | "openai-compatible",
  shelf?: MediaShelf,
) =>
  (await fetchMedia(request, adapterOf(protocol), PLAIN_TARGET, shelf ?? new Map(), new ClientController())).messages[0]
    ?.content;

test("what the provider cannot open is put in the place of its address, by what it is and not by its name", async () => {
  const request = requestWith(
    { type: "text", text: "Look." },
    image("/lever.jpg"),
    { type: "file", file: { file_data: `${base}/plan` } },
    { type: "video_url", video_url: { url: `${base}/film` } },
  );
  expect(await contentOf(request, "bedrock")).toEqual([
    { type: "text", text: "Look." },
    { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } },
    { type: "file", file: { filename: "plan", file_data: "data:application/pdf;base64,JVBERi0xLjQ=" } },
    { type: "video_url", video_url: { url: expect.stringMatching(/^data:video\/mp4;base64,/) } },
  ]);
});

test("a provider that opens addresses itself gets them, and nothing is fetched", async () => {
  const request = requestWith(image("/lever.jpg"));
  const given = fetchMedia(request, adapterOf("openai-compatible"), PLAIN_TARGET, new Map(), new ClientController());
  expect(given).toBe(request);
  expect(asked).toEqual([]);
});

test("an address is fetched once, however often it stands in a request and however many are tried", async () => {
  const shelf: MediaShelf = new Map();
  const request = requestWith(image("/lever.jpg"), image("/lever.jpg"));
  await contentOf(request, "bedrock", shelf);
  await contentOf(request, "bedrock", shelf);
  expect(asked).toEqual(["/lever.jpg"]);
});

describe("an address that gives nothing of use is refused with the part that holds it", () => {
  test.each([
    { name: "nothing there", part: () => image("/missing"), type: "image_download_failed" },
    { name: "a page and no picture", part: () => image("/page.png"), type: "unsupported_image_format" },
    {
      name: "a private host",
      part: () => ({ type: "image_url", image_url: { url: "http://10.0.0.1/a.png" } }),
      type: "image_download_failed",
    },
    {
      name: "no film",
      part: () => ({ type: "video_url", video_url: { url: `${base}/plan` } }),
      type: "invalid_request",
    },
  ])("$name", async ({ part, type }) => {
    const error = await contentOf(requestWith({ type: "text", text: "a" }, part()), "bedrock").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ status: 400, type, metadata: { field: "messages[0].content[1]" } });
  });
});
