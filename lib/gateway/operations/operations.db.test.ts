import { OpenRouter } from "@openrouter/sdk";
import { OpenRouter as OpenRouter01 } from "@openrouter/sdk-0.1";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { insertGeneration } from "@/lib/testing/insert-generation";
import { type OperationServer, startOperationServer } from "@/lib/testing/start-operation-server";

const GENERATION_ID = "gen-1795262400-Ab3dEf6hIj9kLmN2pQr5";
const NO_RETRIES = { retryConfig: { strategy: "none" } } as const;

let server: OperationServer;

beforeAll(async () => {
  server = await startOperationServer();
  const { accountId } = server.ada;
  await insertGeneration(accountId, { id: GENERATION_ID });
  await getPool().query(
    `UPDATE "Account" SET "creditsNanoUsd" = 100500000000, "usageNanoUsd" = 25750000000 WHERE "id" = $1`,
    [accountId],
  );
});

afterAll(() => server.close());

describe("the official client", () => {
  const client = (apiKey: string) => new OpenRouter({ apiKey, serverURL: server.url, ...NO_RETRIES });

  test("manages keys from the first to the last", async () => {
    const { apiKeys } = client("manager");
    const expiresAt = new Date("2099-12-31T23:59:59.000Z");

    const created = await apiKeys.create({
      requestBody: { name: "Customer", limit: 12.5, limitReset: "monthly", includeByokInLimit: true, expiresAt },
    });
    expect(created.key).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
    expect(created.data).toMatchObject({
      name: "Customer",
      limit: 12.5,
      limitRemaining: 12.5,
      limitReset: "monthly",
      includeByokInLimit: true,
      expiresAt,
      creatorUserId: server.ada.id,
      workspaceId: server.ada.accountId,
    });
    const { hash } = created.data;

    expect((await apiKeys.get({ hash })).data).toEqual(created.data);
    expect((await apiKeys.list({})).data[0]).toEqual(created.data);

    const { data: updated } = await apiKeys.update({
      hash,
      requestBody: { name: "Renamed", disabled: true, limit: null },
    });
    expect(updated).toEqual({
      ...created.data,
      name: "Renamed",
      disabled: true,
      limit: null,
      limitRemaining: null,
      updatedAt: expect.any(String),
    });
    expect((await apiKeys.list({})).data.map((key) => key.hash)).not.toContain(hash);
    expect((await apiKeys.list({ includeDisabled: true })).data[0]).toEqual(updated);

    expect(await apiKeys.delete({ hash })).toEqual({ deleted: true });
    await expect(apiKeys.get({ hash })).rejects.toMatchObject({ statusCode: 404 });
  });

  test("of a year ago manages keys too", async () => {
    const { apiKeys } = new OpenRouter01({ apiKey: "manager", serverURL: server.url, ...NO_RETRIES });

    const created = await apiKeys.create({ name: "Customer", limit: 1 });
    expect((await apiKeys.list({ offset: "0" })).data[0]).toEqual(created.data);
    expect(await apiKeys.delete({ hash: created.data.hash })).toEqual({ deleted: true });
  });

  test("reads its own key, the credits and a generation", async () => {
    const { apiKeys, credits, generations } = client("ordinary");

    expect((await apiKeys.getCurrentKeyMetadata()).data).toMatchObject({
      label: server.callers.get("ordinary")?.key?.label,
      isFreeTier: true,
      isManagementKey: false,
      isProvisioningKey: false,
      freeModelDailyRequests: { limit: 50, used: 0, remaining: 50 },
      workspaceId: server.ada.accountId,
      creatorUserId: server.ada.id,
    });
    expect((await client("manager").apiKeys.getCurrentKeyMetadata()).data).toMatchObject({
      isManagementKey: true,
      isProvisioningKey: true,
    });
    expect(await credits.getCredits()).toEqual({ data: { totalCredits: 100.5, totalUsage: 25.75 } });
    expect((await generations.getGeneration({ id: GENERATION_ID })).data).toMatchObject({
      id: GENERATION_ID,
      totalCost: 0.001500001,
    });
  });
});

describe("who may call", () => {
  const MANAGE = ["GET /keys", "POST /keys", "GET /keys/x", "PATCH /keys/x", "DELETE /keys/x"];
  const generation = `GET /generation?id=${GENERATION_ID}`;

  test.each([
    ...MANAGE.flatMap((operation) => [
      { operation, token: "ordinary", status: 403 },
      { operation, token: "session", status: 403 },
    ]),
    { operation: "GET /key", token: "ordinary", status: 200 },
    { operation: "GET /key", token: "manager", status: 200 },
    { operation: "GET /key", token: "session", status: 403 },
    ...["GET /credits", generation].flatMap((operation) =>
      ["ordinary", "manager", "session"].map((token) => ({ operation, token, status: 200 })),
    ),
    { operation: generation, token: "stranger", status: 404 },
  ])("$operation with the $token token is answered with $status", async ({ operation, token, status }) => {
    const [method = "", path = ""] = operation.split(" ");

    const answered = await server.call(token, method, path, method === "GET" ? undefined : {});

    expect(answered.status).toBe(status);
    if (MANAGE.includes(operation)) {
      expect(answered.json).toMatchObject({ error: { message: "Only management keys can perform this operation" } });
    }
  });
});

test.each(["/generation", "/generation?id="])("GET %s is told that the id is missing", async (path) => {
  expect(await server.call("ordinary", "GET", path)).toMatchObject({
    status: 400,
    json: { error: { message: "id: is required" } },
  });
});
