import { describe, expect, test } from "vitest";
import type { StoredCredential } from "@/lib/byok/store";
import type { ProviderAccess } from "@/lib/providers/provider-access";
import { adapterOf } from "@/lib/providers/registry";
import { makeModel } from "@/lib/testing/make-model";
import { type OwnCredential, type OwnKeys, ownWaysOf } from "./own-keys";

const [HASH, USER] = ["a".repeat(64), "user-1"];
const ACCESS: ProviderAccess = {
  adapter: adapterOf("openai-compatible"),
  connections: [{ baseUrl: "http://here", apiKey: "k" }],
  sandbox: false,
};
const MODEL = makeModel({ id: "acme/model", endpoints: [{ provider: "alpha" }, { provider: "beta" }] });
const FREE_MODEL = makeModel({ id: "acme/model:free", endpoints: [{ provider: "alpha" }] });
const OTHER_MODEL = makeModel({ id: "acme/other", endpoints: [{ provider: "alpha" }] });

type Choices = Partial<StoredCredential> & { access?: ProviderAccess | undefined };

function own(name: string, { access = ACCESS, ...choices }: Choices = {}): OwnCredential {
  const row: StoredCredential = {
    id: name,
    accountId: "a",
    provider: "alpha",
    name,
    label: "",
    secret: "",
    encryptionKeyId: "k1",
    disabled: false,
    isFallback: false,
    isRequired: false,
    isByokOnly: false,
    declaredZdr: null,
    allowedModels: [],
    allowedApiKeyHashes: [],
    allowedUserIds: [],
    sortOrder: 0,
    creatorUserId: null,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    requests: 0n,
    upstreamCostNanoUsd: 0n,
    feeNanoUsd: 0n,
    lastUsedAt: null,
    ...choices,
  };
  return {
    key: { id: name, name, declaredZdr: row.declaredZdr },
    row,
    access,
    allowedModels: row.allowedModels.length === 0 ? undefined : new Set(row.allowedModels),
  };
}

const broken = (name: string, choices: Choices = {}): OwnCredential => ({ ...own(name, choices), access: undefined });
const elsewhere: ProviderAccess = {
  ...ACCESS,
  connections: [{ baseUrl: "http://here", apiKey: "k", serves: () => false }],
};

function waysAt(
  all: readonly OwnCredential[],
  { model = MODEL, index = 0, hash = HASH, userId = USER as string | null } = {},
) {
  const keys: OwnKeys = {
    accountId: "a",
    byProvider: new Map([["alpha", all]]),
    byId: new Map(all.map((one) => [one.key.id, one])),
    table: new Map(),
  };
  const [endpoint] = model.endpoints.slice(index);
  if (endpoint === undefined) throw new Error("there is no such endpoint");
  const key = { hash, label: "", kind: "inference" as const, limitNanoUsd: null };
  const ways = ownWaysOf(keys, { userId, key })(endpoint);
  return (
    ways && [ways.first.map(({ name }) => name).join(), ways.last.map(({ name }) => name).join(), ways.exclusive?.name]
  );
}

describe("an account's keys at an endpoint", () => {
  test("are those of its provider", () => {
    expect(waysAt([own("one"), own("two")])).toEqual(["one,two", "", undefined]);
    expect(waysAt([own("one")], { index: 1 })).toBeUndefined();
  });

  test("are told apart by when they are used", () => {
    expect(waysAt([own("spare", { isFallback: true }), own("one")])).toEqual(["one", "spare", undefined]);
  });

  test.each([
    { name: "its models", key: own("one", { allowedModels: ["acme/model"] }), at: {}, ways: ["one", "", undefined] },
    {
      name: "their variants",
      key: own("one", { allowedModels: ["acme/model"] }),
      at: { model: FREE_MODEL },
      ways: ["one", "", undefined],
    },
    {
      name: "no others",
      key: own("one", { allowedModels: ["acme/model"] }),
      at: { model: OTHER_MODEL },
      ways: ["", "", undefined],
    },
    { name: "its API keys", key: own("one", { allowedApiKeyHashes: [HASH] }), at: {}, ways: ["one", "", undefined] },
    {
      name: "no other API keys",
      key: own("one", { allowedApiKeyHashes: [HASH] }),
      at: { hash: "b" },
      ways: ["", "", undefined],
    },
    { name: "its people", key: own("one", { allowedUserIds: [USER] }), at: {}, ways: ["one", "", undefined] },
    {
      name: "nobody else",
      key: own("one", { allowedUserIds: [USER] }),
      at: { userId: null },
      ways: ["", "", undefined],
    },
    { name: "where it leads", key: { ...own("one"), access: elsewhere }, at: {}, ways: ["", "", undefined] },
    { name: "nothing when it cannot be opened", key: broken("one"), at: {}, ways: ["", "", undefined] },
  ])("are for $name", ({ key, at, ways }) => expect(waysAt([key], at)).toEqual(ways));

  test.each([
    {
      name: "always, for all models",
      key: own("one", { isByokOnly: true, allowedModels: ["acme/model"] }),
      at: { model: OTHER_MODEL },
      exclusive: "one",
    },
    {
      name: "always, for its models",
      key: own("one", { isRequired: true, allowedModels: ["acme/model"] }),
      at: {},
      exclusive: "one",
    },
    {
      name: "not for others",
      key: own("one", { isRequired: true, allowedModels: ["acme/model"] }),
      at: { model: OTHER_MODEL },
      exclusive: undefined,
    },
    {
      name: "even for API keys that may not use it",
      key: own("one", { isByokOnly: true, allowedApiKeyHashes: ["b"] }),
      at: {},
      exclusive: "one",
    },
    { name: "even when it cannot be opened", key: broken("one", { isByokOnly: true }), at: {}, exclusive: "one" },
  ])("keep shared credits out $name", ({ key, at, exclusive }) => expect(waysAt([key], at)?.[2]).toBe(exclusive));
});
