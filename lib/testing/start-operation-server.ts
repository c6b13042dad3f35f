import { createServer, type IncomingHttpHeaders } from "node:http";
import { connectDatabase, disconnectDatabase } from "@/lib/db/connection";
import { AppError } from "@/lib/errors";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "@/lib/gateway/http";
import { getCredits } from "@/lib/gateway/operations/credits";
import { getCurrentKey } from "@/lib/gateway/operations/current-key";
import { getGeneration } from "@/lib/gateway/operations/generation";
import { createKey, deleteKey, getKey, listKeys, updateKey } from "@/lib/gateway/operations/keys";
import { createApiKey } from "@/lib/identity/api-keys";
import { DEFAULT_KEY_SETTINGS } from "@/lib/identity/key-settings";
import { createUser } from "@/lib/identity/users";
import type { User } from "@/lib/schemas/account";
import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import type { ApiKeyKind } from "@/lib/schemas/api-key";
import type { Caller } from "@/lib/schemas/caller";
import { createTestDatabase } from "@/lib/testing/create-test-database";

type CallerOperation = (
  request: GatewayRequest,
  parameters: Readonly<Record<string, string>>,
  caller: Caller,
) => Promise<GatewayResponse>;

const OPERATIONS: Readonly<Record<string, CallerOperation>> = {
  "GET /keys": listKeys,
  "POST /keys": createKey,
  "GET /keys/*": getKey,
  "PATCH /keys/*": updateKey,
  "DELETE /keys/*": deleteKey,
  "GET /key": getCurrentKey,
  "GET /credits": getCredits,
  "GET /generation": getGeneration,
};

export type OperationServer = {
  url: string;
  ada: User;
  bob: User;
  /** Who is behind which bearer token. `manager`, `ordinary` and `session` are Ada's, `stranger` is Bob's manager. */
  callers: Map<string, Caller>;
  /** @param body sent as it is when it is a string, else as JSON */
  call(token: string, method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }>;
  close(): Promise<void>;
};

/** The account operations on a port of their own, with a database of their own and two people in it. */
export async function startOperationServer(): Promise<OperationServer> {
  const database = await createTestDatabase();
  connectDatabase(database.url);
  const ada = await createUser({ name: "Ada", email: "ada@example.com", password: "password of ada" });
  const bob = await createUser({ name: "Bob", email: "bob@example.com", password: "password of bob" });
  const callers = new Map<string, Caller>([
    ["manager", await callerWith(ada, "provisioning")],
    ["ordinary", await callerWith(ada, "inference")],
    ["session", { accountId: ada.accountId, userId: ada.id, key: null, settings: DEFAULT_ACCOUNT_SETTINGS }],
    ["stranger", await callerWith(bob, "provisioning")],
  ]);
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", async () => {
      const request = requestOf(incoming.method ?? "", incoming.url ?? "/", Buffer.concat(chunks));
      const { status, headers, body } = await answer(request, callerOf(incoming.headers, callers));
      outgoing.writeHead(status, headers).end(String(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    ada,
    bob,
    callers,
    async call(token, method, path, body) {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      return { status: response.status, json: await response.json() };
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await disconnectDatabase();
      await database.drop();
    },
  };
}

/** A caller with a new key of that kind. */
export async function callerWith(user: User, kind: ApiKeyKind): Promise<Caller> {
  const { accountId, id: userId } = user;
  const { record } = await createApiKey({ accountId, userId, kind, name: kind, ...DEFAULT_KEY_SETTINGS });
  const { hash, label } = record;
  return { accountId, userId, key: { hash, label, kind, limitNanoUsd: null }, settings: DEFAULT_ACCOUNT_SETTINGS };
}

function requestOf(method: string, url: string, body: Uint8Array): GatewayRequest {
  const { pathname: path, searchParams: query } = new URL(url, "http://localhost");
  return { method, path, query, headers: {}, body, signal: new AbortController().signal, receivedMs: Date.now() };
}

function callerOf({ authorization = "" }: IncomingHttpHeaders, callers: ReadonlyMap<string, Caller>): Caller {
  const caller = callers.get(authorization.replace("Bearer ", ""));
  if (caller === undefined) throw new Error(`nobody has the token of ${authorization}`);
  return caller;
}

async function answer(request: GatewayRequest, caller: Caller): Promise<GatewayResponse> {
  const [, collection = "", hash] = request.path.split("/");
  const operation = OPERATIONS[`${request.method} /${collection}${hash === undefined ? "" : "/*"}`];
  if (operation === undefined) throw new Error(`no operation for ${request.method} ${request.path}`);
  try {
    return await operation(request, hash === undefined ? {} : { hash }, caller);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return jsonResponse(error.status, { error: { code: error.status, message: error.message } });
  }
}
