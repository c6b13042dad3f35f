import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { callApi, type Target } from "@/e2e/fixtures/call-api";
import { type Account, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { ADMINISTRATOR } from "@/e2e/fixtures/start-server";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { errorResponseSchema } from "@/lib/schemas/chat-completion";

const CHAT = "/chat/completions";
const CLIENTS = 30;
/** How long after a change an old decision may still be met. */
const LIMIT_MS = 1_000;

let upstream: Upstream;
let gateway: Gateway;
let admin: Target;

beforeAll(async () => {
  upstream = await startUpstream("openai");
  gateway = await startGateway({ providers: { openai: upstream }, env: { WEB_CONCURRENCY: "2", ...ADMINISTRATOR } });
  admin = { url: gateway.server.url, key: ADMINISTRATOR.ADMIN_PROVISIONING_KEY };
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

const newKeySchema = z.object({ key: z.string(), data: z.object({ hash: z.string() }) });

test.each([
  {
    name: "disabled",
    revoke: (hash: string) => callApi(admin, `/keys/${hash}`, { method: "PATCH", body: { disabled: true } }),
  },
  { name: "deleted", revoke: (hash: string) => callApi(admin, `/keys/${hash}`, { method: "DELETE" }) },
])("a key that is $name stops working within a second, on every worker and open connection", async ({ revoke }) => {
  const made = newKeySchema.parse((await callApi(admin, "/keys", { body: { name: "To be revoked" } })).json);
  const load = startLoad({ url: gateway.server.url, key: made.key });
  await load.until(() => load.statuses.length >= 4 * CLIENTS);
  expect(new Set(load.statuses.map(({ status }) => status))).toEqual(new Set([200]));

  expect((await revoke(made.data.hash)).status).toBe(200);
  const revokedMs = performance.now();
  await load.until(() => load.statuses.filter(({ status }) => status === 401).length >= 2 * CLIENTS);
  await load.stop();
  const lastGood = load.statuses.findLast(({ status }) => status === 200);
  expect((lastGood?.startedMs ?? 0) - revokedMs).toBeLessThan(LIMIT_MS);
  expect(load.statuses.every(({ status }) => status === 200 || status === 401)).toBe(true);
});

test("a disabled key works again as soon as it is enabled", async () => {
  const made = newKeySchema.parse((await callApi(admin, "/keys", { body: { name: "Paused" } })).json);
  const target = { url: gateway.server.url, key: made.key };
  const switchTo = (disabled: boolean) =>
    callApi(admin, `/keys/${made.data.hash}`, { method: "PATCH", body: { disabled } });
  await switchTo(true);
  await expect.poll(() => statusOf(target), { timeout: LIMIT_MS }).toBe(401);
  await switchTo(false);
  // On both workers, several times over.
  await expect.poll(() => statusesOf(target, 10), { timeout: LIMIT_MS }).toEqual(Array(10).fill(200));
});

test("a key stops working at the moment it expires, and not before", async () => {
  const account: Account = await gateway.newAccount("1");
  await gateway.sql(`update "ApiKey" set "expiresAt" = now() + interval '700 ms' where "accountId" = '${account.id}'`);
  const expiresMs = performance.now() + 700;
  expect(await statusesOf(gateway.as(account), 10)).toEqual(Array(10).fill(200));
  await sleep(expiresMs + 50 - performance.now());
  expect(await statusesOf(gateway.as(account), 10)).toEqual(Array(10).fill(401));
});

test("unknown, malformed, disabled and deleted keys look alike", async () => {
  const made = newKeySchema.parse((await callApi(admin, "/keys", { body: { name: "Gone" } })).json);
  await callApi(admin, `/keys/${made.data.hash}`, { method: "DELETE" });
  const keys = [made.key, `sk-or-v1-${"0".repeat(64)}`, "sk-or-v1-short", "nonsense"];
  const answers = await Promise.all(keys.map((key) => callApi({ url: gateway.server.url, key }, CHAT, { body: BODY })));
  for (const { status, json } of answers) {
    expect(status).toBe(401);
    expect(errorResponseSchema.parse(json)).toEqual(errorResponseSchema.parse(answers[0]?.json));
  }
});

const BODY = { model: "openai/gpt-4o-mini", max_tokens: 20, messages: [{ role: "user", content: "Hi" }] };

async function statusOf(target: Target): Promise<number> {
  return (await callApi(target, CHAT, { body: BODY })).status;
}

function statusesOf(target: Target, count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, () => statusOf(target)));
}

/** Clients that ask again and again over connections that stay open. */
function startLoad(target: Target) {
  const statuses: { status: number; startedMs: number }[] = [];
  let stopped = false;
  const run = async () => {
    while (!stopped) {
      const startedMs = performance.now();
      statuses.push({ status: await statusOf(target), startedMs });
    }
  };
  const running = Promise.all(Array.from({ length: CLIENTS }, run));
  return {
    statuses,
    until: (condition: () => boolean) => expect.poll(condition, { timeout: 10_000 }).toBe(true),
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
