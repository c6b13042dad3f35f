import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { getPool } from "@/lib/db/connection";
import { listApiKeys } from "@/lib/identity/api-keys";
import { createUser } from "@/lib/identity/users";
import { apiKeySchema } from "@/lib/schemas/api-key";
import { callerWith, type OperationServer, startOperationServer } from "@/lib/testing/start-operation-server";

let server: OperationServer;

beforeAll(async () => {
  server = await startOperationServer();
});

afterAll(() => server.close());

async function hashOfNewKey(token = "manager", body: Record<string, unknown> = { name: "Key" }): Promise<string> {
  const { json } = await server.call(token, "POST", "/keys", body);
  return z.object({ data: apiKeySchema }).parse(json).data.hash;
}

describe("keys that are not there to be managed", () => {
  const METHODS = [
    { method: "GET", body: undefined },
    { method: "PATCH", body: { disabled: true } },
    { method: "DELETE", body: undefined },
  ];

  test.each(METHODS)(
    "$method answers alike for unknown, foreign, deleted and provisioning keys",
    async ({ method, body }) => {
      const foreign = await hashOfNewKey("stranger");
      const deleted = await hashOfNewKey();
      await server.call("manager", "DELETE", `/keys/${deleted}`);
      const hashes = ["0".repeat(64), "x", foreign, deleted, server.callers.get("manager")?.key?.hash ?? ""];

      const answers = await Promise.all(hashes.map((hash) => server.call("manager", method, `/keys/${hash}`, body)));

      for (const answered of answers) expect(answered).toEqual({ status: 404, json: answers[0]?.json });
      expect((await server.call("stranger", "GET", `/keys/${foreign}`)).json).toMatchObject({
        data: { disabled: false },
      });
    },
  );
});

describe("POST /keys", () => {
  test.each([
    { name: "nothing", body: {}, message: "name: is required" },
    { name: "no JSON", body: "{", message: "The request body is not valid JSON" },
    { name: "a list", body: [], message: "The request body must be a JSON object" },
    { name: "an empty name", body: { name: "" }, message: "name: must not be empty" },
    { name: "a negative limit", body: { name: "A", limit: -1 }, message: "limit: must not be negative" },
    {
      name: "a limit in words",
      body: { name: "A", limit: "10" },
      message: "limit: must be a number of USD, or null for no limit",
    },
    {
      name: "a past expiry",
      body: { name: "A", expires_at: "2020-01-01T00:00:00Z" },
      message: "expires_at: must be in the future",
    },
    {
      name: "another workspace",
      body: { name: "A", workspace_id: "5160a1b0-0000-4000-8000-0000000000aa" },
      message: "workspace_id: is not a workspace of this key",
    },
    {
      name: "a stranger as creator",
      body: () => ({ name: "A", creator_user_id: server.bob.id }),
      message: "creator_user_id: is not a user of this workspace",
    },
  ])("with $name is refused, and makes nothing", async ({ body, message }) => {
    const before = await countKeys();

    const answered = await server.call("manager", "POST", "/keys", typeof body === "function" ? body() : body);

    expect(answered).toMatchObject({ status: 400, json: { error: { message } } });
    expect(await countKeys()).toBe(before);
  });

  test("is told the field that has no such word", async () => {
    expect(await server.call("manager", "POST", "/keys", { name: "A", limit_reset: "hourly" })).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringMatching(/^limit_reset: must be/) } },
    });
  });

  test("knows its own workspace, users and older names", async () => {
    const body = {
      label: "Older",
      workspace_id: server.ada.accountId,
      creator_user_id: server.ada.id,
      limit: null,
      limit_reset: null,
    };

    expect(await server.call("manager", "POST", "/keys", body)).toMatchObject({
      status: 201,
      json: { data: { name: "Older", limit: null, creator_user_id: server.ada.id, updated_at: null } },
    });
  });

  async function countKeys(): Promise<number> {
    const query = { accountId: server.ada.accountId, offset: 0, limit: 1_000, includeDisabled: true };
    return (await listApiKeys(query)).length;
  }
});

describe("PATCH /keys/{hash}", () => {
  test("changes what it names, and an empty one nothing", async () => {
    const hash = await hashOfNewKey("manager", { name: "Key", limit: 5, limit_reset: "daily" });

    expect((await server.call("manager", "PATCH", `/keys/${hash}`, {})).json).toMatchObject({
      data: { updated_at: null },
    });
    expect((await server.call("manager", "PATCH", `/keys/${hash}`, { limit_reset: null })).json).toMatchObject({
      data: { name: "Key", limit: 5, limit_reset: null, disabled: false },
    });
  });

  test("with something wrong in it changes nothing at all", async () => {
    const hash = await hashOfNewKey();

    expect(await server.call("manager", "PATCH", `/keys/${hash}`, { name: "New", disabled: "yes" })).toMatchObject({
      status: 400,
      json: { error: { message: "disabled: must be true or false" } },
    });
    expect((await server.call("manager", "GET", `/keys/${hash}`)).json).toMatchObject({
      data: { name: "Key", updated_at: null },
    });
  });
});

describe("GET /keys", () => {
  test("gives a hundred at a time and shows no provisioning keys", async () => {
    const cid = await createUser({ name: "Cid", email: "cid@example.com", password: "password of cid" });
    server.callers.set("cid", await callerWith(cid, "provisioning"));
    await getPool().query(
      `INSERT INTO "ApiKey" ("hash", "accountId", "name", "label", "kind", "createdAt")
       SELECT 'many-' || n, $1, 'Key ' || n, 'l', 'inference', now() + n * interval '1 second' FROM generate_series(1, 105) n`,
      [cid.accountId],
    );
    const names = async (path: string) => {
      const { json } = await server.call("cid", "GET", path);
      return z
        .object({ data: z.array(apiKeySchema) })
        .parse(json)
        .data.map(({ name }) => name);
    };

    const first = await names("/keys");
    expect([first.length, first[0], first.at(-1)]).toEqual([100, "Key 105", "Key 6"]);
    expect(await names("/keys?offset=100")).toEqual(["Key 5", "Key 4", "Key 3", "Key 2", "Key 1"]);
    expect(await names(`/keys?offset=104&workspace_id=${cid.accountId}`)).toEqual(["Key 1"]);
    expect(await names(`/keys?workspace_id=${server.ada.accountId}`)).toEqual([]);
  });

  test.each([
    { query: "offset=-1", field: "offset" },
    { query: "offset=ten", field: "offset" },
    { query: "include_disabled=maybe", field: "include_disabled" },
    { query: "workspace_id=mine", field: "workspace_id" },
  ])("with $query is refused for its $field", async ({ query, field }) => {
    expect(await server.call("manager", "GET", `/keys?${query}`)).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringMatching(`^${field}: must be`) } },
    });
  });
});
