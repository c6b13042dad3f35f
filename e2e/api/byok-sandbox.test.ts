import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { OpenRouter } from "@openrouter/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMINISTRATOR, type RunningServer, startServer } from "@/e2e/fixtures/start-server";

// Groq is dearer than others for this model: without a key of one's own it is hardly ever first.
const MODEL = "meta-llama/llama-3.3-70b-instruct";
const SECRET = "gsk_0123456789abcdef";

let server: RunningServer;
let client: OpenRouter;
let manager: OpenRouter;

beforeAll(async () => {
  server = await startServer({ env: { ...ADMINISTRATOR, SANDBOX: "on" } });
  client = openRouter(server.key);
  manager = openRouter(ADMINISTRATOR.ADMIN_PROVISIONING_KEY);
});

afterAll(() => server.stop());

function openRouter(apiKey: string): OpenRouter {
  return new OpenRouter({ apiKey, serverURL: `${server.url}/api/v1`, retryConfig: { strategy: "none" } });
}

async function isOwn(): Promise<boolean | undefined> {
  const answer = await client.chat.send({
    chatRequest: { model: MODEL, maxTokens: 20, messages: [{ role: "user", content: "Hi" }] },
  });
  return "choices" in answer ? answer.usage?.isByok : undefined;
}

/** Runs `npm run rotate-keys` beside the running server, and gives what it says and the keys that there are then. */
async function rotate(...options: string[]): Promise<{ said: string; keyIds: string[] }> {
  const env = { NODE_ENV: "production" as const, PATH: process.env.PATH, ENV_FILE: "none", DATA_DIR: server.dataDir };
  const { stdout } = await promisify(execFile)(process.execPath, ["dist/rotate-keys.mjs", ...options], { env });
  const keys = readFileSync(join(server.dataDir, "encryption-keys"), "utf8").trim();
  return { said: stdout, keyIds: keys.split(",").map((key) => key.split(":")[0] ?? "") };
}

test("the sandbox plays a provider for an account's own key, which the SDK manages", async () => {
  expect(await isOwn()).toBe(false);
  const made = await manager.byok.create({
    createBYOKKeyRequest: { provider: "groq", key: SECRET, name: "Mine", allowedModels: [MODEL] },
  });
  expect(made.data).toMatchObject({ provider: "groq", label: "…cdef", isByokOnly: false, sortOrder: 0 });
  expect(await isOwn()).toBe(true);

  const { id } = made.data;
  const changed = await manager.byok.update({ id, updateBYOKKeyRequest: { isFallback: true } });
  expect(changed.data).toMatchObject({ isFallback: true, name: "Mine", allowedModels: [MODEL] });
  await expect.poll(isOwn, { timeout: 1_000 }).toBe(false);
  await manager.byok.update({ id, updateBYOKKeyRequest: { isFallback: false } });
  await expect.poll(isOwn, { timeout: 1_000 }).toBe(true);

  const page = await manager.byok.list({ provider: "groq" });
  expect(page.result).toMatchObject({ totalCount: 1, data: [{ id }] });
  expect((await manager.byok.get({ id })).data.id).toBe(id);
});

test("an installation's own encryption key is replaced while it runs", async () => {
  const first = await rotate();
  expect(first.said).toContain('1 provider key is encrypted anew with "k2"');
  expect(first.keyIds).toEqual(["k2", "k1"]);
  expect(await isOwn()).toBe(true);

  const second = await rotate("--drop-old");
  expect(second.said).toContain("The other keys are removed.");
  expect(second.keyIds).toEqual(["k2"]);
  expect(await isOwn()).toBe(true);
});

test("a key that the SDK deletes is used no more", async () => {
  const [key] = (await manager.byok.list()).result.data;
  expect(await manager.byok.delete({ id: key?.id ?? "" })).toEqual({ deleted: true });
  await expect.poll(isOwn, { timeout: 1_000 }).toBe(false);
});
