import { afterEach, expect, test, vi } from "vitest";
import { relayRequestSchema } from "@/lib/schemas/chat-tools";
import { loadServedTools } from "./tool-server-client";

const SERVER = {
  id: "s",
  name: "My tools",
  url: "https://tools.example.com/mcp",
  header: { name: "Authorization", value: "Bearer secret" },
  isOn: true,
};

type Call = { id?: number; method: string; params?: { name?: string; arguments?: unknown } };

const RESULTS: Readonly<Record<string, (call: Call) => unknown>> = {
  initialize: () => ({
    protocolVersion: "2025-06-18",
    capabilities: { tools: {} },
    serverInfo: { name: "test", version: "1" },
  }),
  "tools/list": () => ({
    tools: [
      {
        name: "add",
        description: "Adds.",
        inputSchema: { type: "object", properties: { a: { type: "number" } } },
        outputSchema: { type: "object", properties: { sum: { type: "number" } } },
      },
      { name: "fail", inputSchema: { type: "object" } },
    ],
  }),
  "tools/call": ({ params }) =>
    params?.name === "add"
      ? { content: [{ type: "text", text: "3" }], structuredContent: { sum: 3 } }
      : { content: [{ type: "text", text: "It broke." }], isError: true },
};

/** A tool server behind our relay, as the browser sees it. */
function serve() {
  const asked: { headers: Record<string, string>; method: string }[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    expect(path).toBe("/api/internal/chat/relay");
    const relayed = relayRequestSchema.parse(JSON.parse(String(init.body)));
    expect(relayed.url).toBe(SERVER.url);
    const call: Call = relayed.body === null ? { method: "" } : JSON.parse(relayed.body);
    asked.push({ headers: relayed.headers, method: call.method });
    const answer = RESULTS[call.method];
    if (relayed.method === "GET") return new Response(null, { headers: { "x-relayed-status": "405" } });
    if (answer === undefined) return new Response(null, { headers: { "x-relayed-status": "202" } });
    return new Response(JSON.stringify({ jsonrpc: "2.0", id: call.id, result: answer(call) }), {
      headers: { "content-type": "application/json", "x-relayed-status": "200" },
    });
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

test("a tool server's tools are offered under its name, asked with its key, and say what failed", async () => {
  const asked = serve();
  const { tools } = await loadServedTools(SERVER);
  expect(tools.map(({ id, name, from, asks }) => ({ id, name, from, asks }))).toEqual([
    { id: "s/add", name: "My_tools_add", from: "My tools", asks: true },
    { id: "s/fail", name: "My_tools_fail", from: "My tools", asks: true },
  ]);
  const signal = new AbortController().signal;
  expect(await tools[0]?.run({ a: 1 }, signal)).toBe("3");
  await expect(tools[1]?.run({}, signal)).rejects.toThrow("It broke.");
  expect(asked.map(({ method }) => method)).toContain("tools/call");
  expect(asked.every(({ headers }) => headers.authorization === "Bearer secret")).toBe(true);
});

const relayed = (status: number, body = "{}", type = "application/json") =>
  new Response(body, { headers: { "content-type": type, "x-relayed-status": String(status) } });

test.each<[string, () => Response, RegExp]>([
  ["something else", () => relayed(200, "<html>", "text/html"), /no tool server/],
  ["no JSON", () => relayed(200, "<html>"), /no tool server/],
  ["another protocol", () => relayed(200, '{"hello":1}'), /no tool server/],
  ["a bad request", () => relayed(400, '{"message":"what?"}'), /no tool server/],
  ["nothing", () => relayed(404), /no tool server at this address \(status 404\)/],
  ["a redirect", () => relayed(302), /elsewhere/],
  ["a wrong key", () => relayed(401), /does not take this key/],
  ["no permission", () => relayed(403), /does not take this key/],
  ["a failure", () => relayed(503), /fails at the moment/],
  [
    "our own refusal",
    () => Response.json({ error: { message: "The tool server's address cannot be reached." } }, { status: 400 }),
    /cannot be reached/,
  ],
])("a server that answers with %s is an error for the person", async (_name, answer, message) => {
  vi.stubGlobal("fetch", async () => answer());
  await expect(loadServedTools(SERVER)).rejects.toThrow(message);
});

test("without a key it says that one is asked for", async () => {
  vi.stubGlobal("fetch", async () => relayed(401));
  await expect(loadServedTools({ ...SERVER, header: null })).rejects.toThrow(/asks for a key/);
});
