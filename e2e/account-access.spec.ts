import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { APIRequestContext } from "@playwright/test";
import { askWithKey, paidModels } from "./fixtures/ask-paid-model";
import { expect, test } from "./fixtures/test";

/** What belongs to the person who is signed in. */
type Owned = { generation: string; hash: string; provisioningHash: string; integration: string; stream: string };

type Call = { name: string; method: string; path: (owned: Owned) => string; data?: unknown };

const NOTHING = "0".repeat(64);
const NO_ID = "00000000-0000-4000-8000-000000000000";

/** Everything below `/api/internal` that names one thing of an account. */
const CALLS: readonly Call[] = [
  { name: "read a generation", method: "GET", path: ({ generation }) => `generations/${generation}` },
  { name: "read a kept answer", method: "GET", path: ({ stream }) => `chat/streams/${stream}` },
  { name: "change a key", method: "PATCH", path: ({ hash }) => `keys/${hash}`, data: { name: "Mine now" } },
  { name: "delete a key", method: "DELETE", path: ({ hash }) => `keys/${hash}` },
  { name: "restore a key", method: "POST", path: ({ hash }) => `keys/${hash}/restore`, data: {} },
  {
    name: "change a provisioning key",
    method: "PATCH",
    path: ({ provisioningHash }) => `provisioning-keys/${provisioningHash}`,
    data: { disabled: true },
  },
  {
    name: "delete a provisioning key",
    method: "DELETE",
    path: ({ provisioningHash }) => `provisioning-keys/${provisioningHash}`,
  },
  {
    name: "restore a provisioning key",
    method: "POST",
    path: ({ provisioningHash }) => `provisioning-keys/${provisioningHash}/restore`,
    data: {},
  },
  {
    name: "change a provider key",
    method: "PATCH",
    path: ({ integration }) => `integrations/${integration}`,
    data: { disabled: true },
  },
  { name: "delete a provider key", method: "DELETE", path: ({ integration }) => `integrations/${integration}` },
  {
    name: "test a provider key",
    method: "POST",
    path: ({ integration }) => `integrations/${integration}/test`,
    data: {},
  },
];

/** Everything that lists what an account has. */
const LISTS = ["keys", "provisioning-keys", "integrations", "activity/export", "activity/export?format=json"];

/** The same beside what is for everybody. */
const LISTS_FOR_VISITORS = ["palette"];

/** What tells nothing of an account. */
const UNOWNED = ["dry-run", "route-preview", "credit-grants", "lab/faults", "lab/requests", "chat/fetch", "chat/relay"];

/** Pages with an account's own things in them, opened with another's names in their addresses. */
const PAGES: readonly ((owned: Owned) => string)[] = [
  ({ generation }) => `/activity?generation=${generation}`,
  ({ hash }) => `/activity?key=${hash}`,
  ({ hash }) => `/settings/keys?key=${hash}`,
  ({ provisioningHash }) => `/settings/provisioning-keys?key=${provisioningHash}`,
  () => "/settings/credits",
  () => "/settings/presets",
  () => "/settings/preferences",
  () => "/settings/privacy",
  () => "/settings/plugins",
  () => "/settings/integrations",
];

const WRITES: readonly { method: string; path: string; data: unknown }[] = [
  { method: "POST", path: "keys", data: { name: "Planted" } },
  { method: "POST", path: "provisioning-keys", data: { name: "Planted" } },
  { method: "POST", path: "integrations", data: { provider: "groq", key: "planted" } },
  { method: "PATCH", path: `integrations/${NO_ID}`, data: { disabled: true } },
  { method: "PATCH", path: `keys/${NOTHING}`, data: { name: "Planted" } },
  { method: "POST", path: `keys/${NOTHING}/restore`, data: {} },
  {
    method: "POST",
    path: "credit-grants",
    data: { email: "a@example.com", amount: "1", note: "x", reference: "0".repeat(32) },
  },
];

function call(
  request: APIRequestContext,
  {
    method,
    path,
    data,
    headers,
  }: {
    method: string;
    path: string;
    data?: unknown;
    headers?: Record<string, string>;
  },
) {
  return request.fetch(`/api/internal/${path}`, {
    method,
    ...(data === undefined ? {} : { data }),
    headers: headers ?? {},
  });
}

test("every internal route is thought of here", () => {
  const folder = fileURLToPath(new URL("../app/api/internal", import.meta.url));
  const routes = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("route.ts") && path !== "internal-route.ts")
    .map((path) => path.replace(/\/route\.ts$/, ""));
  const named = CALLS.map(({ path }) =>
    path({ generation: "[id]", hash: "[hash]", provisioningHash: "[hash]", integration: "[id]", stream: "[id]" }),
  );
  const listed = [...LISTS, ...LISTS_FOR_VISITORS, ...UNOWNED].map((path) => path.replace(/\?.*$/, ""));
  expect([...new Set([...named, ...listed])].sort()).toEqual(routes.sort());
});

test("nothing of another account is to be seen or changed, and it looks like nothing", async ({
  page,
  person: _signedIn,
  stranger,
  baseURL,
}) => {
  test.slow(); // ten pages and a dozen calls
  const origin = baseURL ?? "";
  const make = async (path: string, name: string, more = {}) => {
    const made = await call(page.request, { method: "POST", path, data: { name, ...more }, headers: { origin } });
    return made.json();
  };
  const { key, data: record } = await make("keys", "Secret project");
  const { data: provisioning } = await make("provisioning-keys", "Secret tool");
  const providerKey = { provider: "groq", key: "Secret-provider-key" };
  const { data: integration } = await make("integrations", "Secret key", providerKey);
  const [model = ""] = await paidModels(page.request);
  const generation = await askWithKey(page.request, { key, model });
  const stream = "secret-stream-of-somebody";
  await page.request.post("/api/v1/chat/completions", {
    headers: { origin, "x-chat-stream": stream },
    data: { model, max_tokens: 1, stream: true, messages: [{ role: "user", content: "Hi" }] },
  });
  expect((await page.request.get(`/api/internal/chat/streams/${stream}`)).status()).toBe(200);
  const owned = {
    generation,
    hash: record.hash,
    provisioningHash: provisioning.hash,
    integration: integration.id,
    stream,
  };
  const missing = {
    generation: "gen-1795262400-Ab3dEf6hIj9kLmN2pQr5",
    hash: NOTHING,
    provisioningHash: NOTHING,
    integration: NO_ID,
    stream: "missing-stream-of-nobody",
  };

  for (const { name, method, path, data } of CALLS) {
    const ask = (of: Owned) => call(stranger.request, { method, path: path(of), data, headers: { origin } });
    const [refused, absent] = [await ask(owned), await ask(missing)];
    expect(refused.status(), name).toBe(404);
    expect(await refused.json(), name).toEqual(await absent.json());
  }
  for (const path of [...LISTS, ...LISTS_FOR_VISITORS]) {
    const text = await (await call(stranger.request, { method: "GET", path })).text();
    for (const secret of ["Secret", generation, record.hash, provisioning.hash, integration.id])
      expect(text, path).not.toContain(secret);
  }
  for (const addressOf of PAGES) {
    await stranger.goto(addressOf(owned));
    await expect(stranger.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(stranger.getByRole("dialog")).toHaveCount(0);
    for (const secret of ["Secret project", "Secret tool", "Secret key"])
      await expect(stranger.getByText(secret)).toHaveCount(0);
  }
  const kept = await (await call(page.request, { method: "GET", path: "keys" })).json();
  expect(kept.data).toMatchObject([{ name: "Secret project", disabled: false }]);
});

test("an entry of another account's ledger does not open", async ({
  page,
  person: _signedIn,
  stranger,
  creditsPage,
}) => {
  await creditsPage.open();
  await creditsPage.rows.getByRole("button").click();
  await expect(page).toHaveURL(/entry=\d+/);
  await stranger.goto(page.url());
  await expect(stranger.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(stranger.getByRole("dialog")).toHaveCount(0);
});

test("without a session there is nothing to see or to change", async ({ request, baseURL }) => {
  for (const path of LISTS) expect((await call(request, { method: "GET", path })).status(), path).toBe(401);
  for (const write of WRITES) {
    const answer = await call(request, { ...write, headers: { origin: baseURL ?? "" } });
    expect(answer.status(), write.path).toBe(401);
  }
});

test("a page of another site cannot change anything", async ({ page, person: _signedIn }) => {
  for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }, {}]) {
    for (const write of WRITES) {
      const answer = await call(page.request, { ...write, headers });
      expect(answer.status(), write.path).toBe(403);
    }
  }
});
