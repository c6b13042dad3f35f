import { randomBytes } from "node:crypto";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createCredential } from "@/lib/byok/credentials";
import { getCatalog, importCatalog, loadCatalog } from "@/lib/catalog/catalog";
import { getPool } from "@/lib/db/connection";
import { setEnv } from "@/lib/env";
import { hashOf, newUuid } from "@/lib/id";
import { unpackModels } from "@/lib/model-list/pack-models";
import { watchNotifications } from "@/lib/notified-cache";
import { accessState, type ProviderAccess } from "@/lib/providers/provider-access";
import { adapterOf } from "@/lib/providers/registry";
import type { Model } from "@/lib/schemas/endpoint";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { describeOffers } from "./describe-offers";
import { findProvider, listProviderSummaries } from "./describe-provider";
import { listChatModels } from "./list-chat-models";
import { listedModels, packedModels } from "./listed-models";
import { forgetOwnKeys } from "./own-keys";
import { reachOf } from "./reach-of";

const NOW_MS = Date.parse("2026-11-21T12:00:00Z");
const OPERATORS: ProviderAccess = {
  adapter: adapterOf("openai-compatible"),
  connections: [{ baseUrl: "http://here", apiKey: "k" }],
  sandbox: false,
};

connectTestDatabase();
let ada: { id: string; accountId: string };
let bob: typeof ada;
/** Of one of Ada's API keys. */
let keyHash: string;
/** Nobody but Mistral serves it, and the operator has a key for DeepInfra alone. */
let model: Model;

beforeAll(async () => {
  setEnv({ ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}` });
  await importCatalog("prisma/catalog");
  await loadCatalog("prisma/catalog");
  watchNotifications(() => true);
  accessState().table = new Map([["deepinfra", OPERATORS]]);
  const found = [...getCatalog().models.values()].find(
    ({ fact, endpoints }) =>
      fact.outputModalities.includes("text") &&
      endpoints.length > 0 &&
      endpoints.every(({ provider }) => provider.slug === "mistral"),
  );
  if (found === undefined) throw new Error("the catalog has no model that Mistral alone serves");
  model = found;
});

beforeEach(async () => {
  [ada, bob] = [await newPerson(), await newPerson()];
  keyHash = hashOf(newUuid());
  await getPool().query(
    `INSERT INTO "ApiKey" ("hash", "accountId", "name", "label", "kind") VALUES ($1, $2, '', '', 'inference')`,
    [keyHash, ada.accountId],
  );
});

async function newPerson() {
  const accountId = newUuid();
  await getPool().query(`INSERT INTO "Account" ("id", "name") VALUES ($1, 'Ada')`, [accountId]);
  return { id: newUuid(), accountId };
}

async function addKey(choices: Record<string, unknown> = {}) {
  const key = { provider: "mistral", key: "sk-of-nobody-4321", ...choices };
  await createCredential({ accountId: ada.accountId, userId: null }, key);
  // Who is told by the database everywhere else.
  forgetOwnKeys(ada.accountId);
}

const chatIds = async (person: typeof ada | null) => listChatModels(await reachOf(person, NOW_MS)).map(({ id }) => id);

test("what only an own key reaches is in the chat's list of its account, and of nobody else's", async () => {
  const everybodys = await chatIds(null);
  expect(everybodys.length).toBeGreaterThan(10);
  expect(everybodys).not.toContain(model.id);
  expect(await chatIds(ada)).toEqual(everybodys);
  await addKey();
  const own = await chatIds(ada);
  expect(own).toContain(model.id);
  expect(own).toEqual(expect.arrayContaining(everybodys));
  expect(await chatIds(bob)).toEqual(everybodys);
  expect(await chatIds(null)).toEqual(everybodys);
});

test("lists and pages of models mark it as reachable for its account alone", async () => {
  await addKey({ allowed_models: [model.id] });
  const [reach, others] = [await reachOf(ada, NOW_MS), await reachOf(bob, NOW_MS)];
  const reached = async (by: typeof reach) =>
    unpackModels(await packedModels(NOW_MS, by)).filter(({ isReachable }) => isReachable);
  const [mine, theirs] = [await reached(reach), await reached(others)];
  expect(mine.map(({ id }) => id).filter((id) => !theirs.some((other) => other.id === id))).toContain(model.id);
  expect((await listedModels(NOW_MS, reach)).find(({ id }) => id === model.id)).toMatchObject({ isReachable: true });
  expect((await listedModels(NOW_MS)).find(({ id }) => id === model.id)).toMatchObject({ isReachable: false });
  // Everybody else shares one list.
  expect(await packedModels(NOW_MS, others)).toBe(await packedModels(NOW_MS));

  expect(describeOffers([model], reach, NOW_MS).map(({ isReachable }) => isReachable)).toContain(true);
  expect(describeOffers([model], others, NOW_MS).map(({ isReachable }) => isReachable)).not.toContain(true);
  expect(findProvider("mistral", reach, NOW_MS)?.access).toBe("own");
  expect(findProvider("mistral", others, NOW_MS)?.access).toBe("none");
  const accessOf = (by: typeof reach) => listProviderSummaries(by).find(({ slug }) => slug === "mistral")?.access;
  expect([accessOf(reach), accessOf(others)]).toEqual(["own", "none"]);
});

test.each([
  { name: "for other models", choices: () => ({ allowed_models: ["mistralai/nothing-of-that-name"] }) },
  { name: "switched off", choices: () => ({ disabled: true }) },
  { name: "for an API key alone", choices: () => ({ allowed_api_key_hashes: [keyHash] }) },
])("a key that is $name reaches nothing from the chat", async ({ choices }) => {
  await addKey(choices());
  expect(await chatIds(ada)).toEqual(await chatIds(null));
});

test("a key that is always used takes the place of the operator's, and what it cannot reach is not in the list", async () => {
  const shared = (await chatIds(null)).length;
  await addKey({ provider: "deepinfra", is_byok_only: true, allowed_models: ["meta-llama/llama-3.3-70b-instruct"] });
  const left = await chatIds(ada);
  expect(left).toContain("meta-llama/llama-3.3-70b-instruct");
  expect(left.length).toBeLessThan(shared);
});

test("once known, nothing is asked of the database", async () => {
  await addKey();
  await reachOf(ada, NOW_MS);
  const query = vi.spyOn(getPool(), "query");
  expect(await chatIds(ada)).toContain(model.id);
  expect(query).not.toHaveBeenCalled();
});
