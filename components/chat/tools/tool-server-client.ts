import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { CfWorkerJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/cfworker";
import type { ChatTool } from "@/lib/chatroom/tool-box";
import type { ToolServer } from "@/lib/schemas/tool-settings";

const NAME = /[^A-Za-z0-9_-]+/g;
const MAX_NAME_CHARS = 60;

/**
 * Asks a tool server (MCP over HTTP) for its tools. Loaded when the first server is used.
 *
 * @throws Error in words for the person when it cannot be reached or speaks something else
 */
export async function loadServedTools(server: ToolServer): Promise<ChatTool[]> {
  const client = await connect(server);
  const { tools } = await client.listTools();
  return tools.map(({ name, description, inputSchema }) => ({
    name: `${server.name}_${name}`.replace(NAME, "_").slice(0, MAX_NAME_CHARS),
    from: server.name,
    asks: true,
    description: description ?? name,
    parameters: { ...inputSchema },
    run: async (given, signal) => {
      const answer = await client.callTool({ name, arguments: given }, undefined, { signal });
      const text = textOf(answer.content);
      if (answer.isError === true) throw new Error(text === "" ? "The tool failed." : text);
      return text;
    },
  }));
}

async function connect(server: ToolServer): Promise<Client> {
  const client = new Client(
    { name: "signalbox", version: "1.0.0" },
    // The library's own validator makes code out of schemas, which our Content Security Policy forbids.
    { jsonSchemaValidator: new CfWorkerJsonSchemaValidator() },
  );
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    fetch: relayed,
    ...(server.header === null ? {} : { requestInit: { headers: { [server.header.name]: server.header.value } } }),
  });
  await client.connect(transport);
  return client;
}

/** Other sites answer no page of ours, so our server makes the request; see `lib/fetch/relay-request.ts`. */
async function relayed(url: string | URL, init?: RequestInit): Promise<Response> {
  const answer = await fetch("/api/internal/chat/relay", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      url: String(url),
      method: init?.method ?? "GET",
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === "string" ? init.body : null,
    }),
    signal: init?.signal ?? null,
  });
  const status = Number(answer.headers.get("x-relayed-status") ?? 502);
  const hasBody = ![204, 205, 304].includes(status);
  return new Response(hasBody ? answer.body : null, { status, headers: answer.headers });
}

function textOf(content: unknown): string {
  if (!Array.isArray(content)) return "";
  return content
    .map((part: unknown) =>
      typeof part === "object" && part !== null && "text" in part && typeof part.text === "string"
        ? part.text
        : JSON.stringify(part),
    )
    .join("\n\n");
}
