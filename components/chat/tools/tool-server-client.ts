import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport, StreamableHTTPError } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ErrorCode, McpError } from "@modelcontextprotocol/sdk/types.js";
import { CfWorkerJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/cfworker";
import { z } from "zod";
import { servedToolName } from "@/lib/chatroom/name-tools";
import type { ChatTool } from "@/lib/chatroom/tool-box";
import { toolResultText } from "@/lib/chatroom/tool-result-text";
import { toolResultPartSchema } from "@/lib/schemas/chat-tools";
import type { ToolServer } from "@/lib/schemas/tool-settings";
import { SessionGone, throughRelay } from "./tool-server-relay";

/** A server that says nothing for so long is taken for one that is down. */
const CONNECT_TIMEOUT_MS = 15_000;
/** Of a call, and after each sign of its progress. */
const CALL_TIMEOUT_MS = 60_000;
const MAX_CALL_MS = 300_000;
/** Of a list of tools: who has more goes in circles. */
const MAX_PAGES = 20;

export type ServedTools = {
  tools: readonly ChatTool[];
  /** Ends the session at the server. */
  close: () => void;
};

/**
 * Asks a tool server (MCP over HTTP) for its tools. Loaded when the first server is used.
 *
 * @throws Error in words for the person when it cannot be reached, wants a key, or speaks something else
 */
export async function loadServedTools(server: ToolServer): Promise<ServedTools> {
  let open = await connect(server).catch(explain);
  const tools = await listTools(open.client).catch(explain);

  const call = async (name: string, given: Readonly<Record<string, unknown>>, signal: AbortSignal) => {
    const ask = () =>
      open.client.callTool({ name, arguments: { ...given } }, undefined, {
        signal,
        timeout: CALL_TIMEOUT_MS,
        maxTotalTimeout: MAX_CALL_MS,
        resetTimeoutOnProgress: true,
        onprogress: () => undefined,
      });
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SessionGone)) throw error;
      // The server has forgotten us, for example because it was started anew; the protocol says to begin again.
      open = await connect(server);
      return ask();
    }
  };

  return {
    tools: tools.map(({ name, description, inputSchema }) => ({
      id: `${server.id}/${name}`,
      name: servedToolName(server.name, name),
      from: server.name,
      asks: true,
      description: description ?? name,
      parameters: { ...inputSchema },
      run: async (given, signal) => {
        const answer = await call(name, given, signal).catch(explain);
        const text = textOf(answer);
        if (answer.isError === true) throw new Error(text === "" ? "The tool failed." : text);
        return text;
      },
    })),
    close: () => {
      const { client, transport } = open;
      // A server need not be there any more, and need not know sessions.
      void transport
        .terminateSession()
        .catch(() => undefined)
        .then(() => client.close());
    },
  };
}

type Connection = { client: Client; transport: StreamableHTTPClientTransport };

async function connect(server: ToolServer): Promise<Connection> {
  const client = new Client(
    { name: "signalbox", version: "1.0.0" },
    // The library's own validator makes code out of schemas, which our Content Security Policy forbids.
    { jsonSchemaValidator: new CfWorkerJsonSchemaValidator() },
  );
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    fetch: throughRelay(server.header !== null),
    ...(server.header === null ? {} : { requestInit: { headers: { [server.header.name]: server.header.value } } }),
  });
  await client.connect(transport, { timeout: CONNECT_TIMEOUT_MS });
  return { client, transport };
}

async function listTools(client: Client) {
  const found = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { tools, nextCursor } = await client.listTools(cursor === undefined ? {} : { cursor }, {
      timeout: CONNECT_TIMEOUT_MS,
    });
    found.push(...tools);
    if (nextCursor === undefined) break;
    cursor = nextCursor;
  }
  return found;
}

/** The library's errors in words for the person; others say themselves what is wrong. */
function explain(error: unknown): never {
  if (error instanceof McpError && error.code === ErrorCode.RequestTimeout) {
    const seconds = z.object({ timeout: z.number() }).safeParse(error.data).data?.timeout ?? CALL_TIMEOUT_MS;
    throw new Error(`The tool server gave no answer within ${Math.round(seconds / 1_000)} seconds.`);
  }
  if (error instanceof StreamableHTTPError || error instanceof SyntaxError || error instanceof z.ZodError) {
    throw new Error("What answers at this address is no tool server (MCP over HTTP).");
  }
  if (error instanceof Error) throw error;
  throw new Error("The tool server cannot be used.");
}

const resultSchema = z.object({ content: z.array(z.unknown()).default([]), structuredContent: z.unknown().optional() });

function textOf(answer: unknown): string {
  const { content, structuredContent } = resultSchema.parse(answer);
  const parts = content.flatMap((part) => toolResultPartSchema.safeParse(part).data ?? []);
  return parts.length === 0 && structuredContent !== undefined
    ? JSON.stringify(structuredContent)
    : toolResultText(parts);
}
