import { OpenRouter } from "@openrouter/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi, type Target } from "@/e2e/fixtures/call-api";
import { type Account, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { hashOf, newUuid } from "@/lib/id";
import { activityItemSchema } from "@/lib/schemas/public-activity";
import type { GenerationRow } from "@/lib/schemas/settlement";
import { exampleGeneration } from "@/lib/testing/insert-generation";
import { complete, exactly, refusalOf } from "./read-answers";

const DAY_MS = 86_400_000;
const MODEL = "openai/gpt-4o-mini";
const dayAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

let upstream: Upstream;
let gateway: Gateway;
let account: Account;
let manager: Target;
let otherKey: string;

beforeAll(async () => {
  upstream = await startUpstream("openai");
  gateway = await startGateway({ providers: { openai: upstream } });
  account = await gateway.newAccount("10");
  manager = gateway.as({ key: await gateway.newProvisioningKey(account) });
  otherKey = await gateway.newKey(account, "1");

  await insert("at the end of the day before the first", { createdAt: `${dayAgo(31)}T23:59:59.999Z` });
  await insert("at the start of the first day", { createdAt: `${dayAgo(30)}T00:00:00.000Z` });
  await insert("twice on one day", { createdAt: `${dayAgo(2)}T08:00:00.000Z`, apiKeyHash: hashOf(account.key) });
  await insert("twice on one day", { createdAt: `${dayAgo(2)}T09:00:00.000Z`, apiKeyHash: hashOf(otherKey) });
  await insert("another model", { createdAt: `${dayAgo(2)}T09:00:00.000Z`, modelId: MODEL });
  await insert("another provider", {
    createdAt: `${dayAgo(2)}T09:00:00.000Z`,
    providerSlug: "azure",
    endpointTag: "azure",
  });
  await insert("nobody answered", {
    createdAt: `${dayAgo(2)}T09:00:00.000Z`,
    providerSlug: null,
    endpointTag: null,
    state: "failed",
    costNanoUsd: "0",
  });
  await insert("with a key of their own", {
    createdAt: `${dayAgo(1)}T23:59:59.999Z`,
    isByok: true,
    costNanoUsd: "75000",
    upstreamCostNanoUsd: "1500000",
  });
  await insert("somebody else's", { createdAt: `${dayAgo(2)}T09:00:00.000Z`, accountId: newUuid() });
  // Today is not over: it is told when it is asked for.
  await complete(gateway.as(account), { model: MODEL, messages: [{ role: "user", content: "Hello" }] });
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

async function insert(_what: string, fields: Partial<GenerationRow>): Promise<void> {
  const row = JSON.stringify(exampleGeneration(account.id, fields)).replaceAll("'", "''");
  await gateway.sql(`insert into "Generation" select * from json_populate_record(null::"Generation", '${row}')`);
}

async function activityOf(query = "", target = manager) {
  const { status, json, text } = await callApi(target, `/activity${query}`);
  expect(status, text).toBe(200);
  return exactly(z.strictObject({ data: z.array(activityItemSchema) }), json).data;
}

describe("GET /activity", () => {
  test("is the last 30 days that are over, newest first, by day, model and endpoint", async () => {
    const of = (date: string, model: string, provider: string) => ({
      date,
      model,
      model_permaslug: expect.stringMatching(`^${model}`),
      endpoint_id: `${model}|${provider.toLowerCase()}`,
      provider_name: provider,
      usage: 0.001500001,
      byok_usage_inference: 0,
      requests: 1,
      prompt_tokens: 100,
      completion_tokens: 50,
      reasoning_tokens: 20,
    });
    expect(await activityOf()).toEqual([
      { ...of(dayAgo(1), "openai/gpt-4o", "OpenAI"), usage: 0.000075, byok_usage_inference: 0.0015 },
      of(dayAgo(2), "openai/gpt-4o", "Azure"),
      {
        ...of(dayAgo(2), "openai/gpt-4o", "OpenAI"),
        usage: 0.003000002,
        requests: 2,
        prompt_tokens: 200,
        completion_tokens: 100,
        reasoning_tokens: 40,
      },
      of(dayAgo(2), MODEL, "OpenAI"),
      of(dayAgo(30), "openai/gpt-4o", "OpenAI"),
    ]);
  });

  test.each([
    { name: "one day", query: () => `?date=${dayAgo(2)}`, requests: 4 },
    { name: "the first day", query: () => `?date=${dayAgo(30)}`, requests: 1 },
    { name: "today", query: () => `?date=${dayAgo(0)}`, requests: 1 },
    { name: "a day without requests", query: () => `?date=${dayAgo(20)}`, requests: 0 },
    { name: "one key", query: () => `?api_key_hash=${hashOf(account.key)}`, requests: 1 },
    { name: "another key", query: () => `?api_key_hash=${hashOf(otherKey)}`, requests: 1 },
    { name: "a key that never was", query: () => `?api_key_hash=${"0".repeat(64)}`, requests: 0 },
    { name: "a key on one day", query: () => `?api_key_hash=${hashOf(otherKey)}&date=${dayAgo(1)}`, requests: 0 },
    { name: "its workspace", query: () => `?workspace_id=${account.id}`, requests: 6 },
    { name: "another workspace", query: () => `?workspace_id=${newUuid()}`, requests: 0 },
    { name: "a user who is not of the account", query: () => "?user_id=user_nobody", requests: 0 },
  ])("can be narrowed to $name", async ({ query, requests }) => {
    const rows = await activityOf(query());
    expect(rows.reduce((sum, row) => sum + row.requests, 0)).toBe(requests);
  });

  test("names the workspace when it is grouped by it", async () => {
    const rows = await activityOf("?group_by=workspace");
    expect(rows).toHaveLength(5);
    expect(new Set(rows.map((row) => row.workspace_id))).toEqual(new Set([account.id]));
  });

  test.each([
    { query: () => `?date=${dayAgo(31)}`, field: "date" },
    { query: () => `?date=${dayAgo(-1)}`, field: "date" },
    { query: () => "?date=yesterday", field: "date" },
    { query: () => "?date=2026-02-30", field: "date" },
    { query: () => "?api_key_hash=sk-or-v1-abc", field: "api_key_hash" },
    { query: () => "?group_by=model", field: "group_by" },
    { query: () => "?workspace_id=mine", field: "workspace_id" },
  ])("names the field that is wrong: $field", async ({ query, field }) => {
    expect(await refusalOf(manager, `/activity${query()}`, {})).toMatchObject({
      status: 400,
      message: expect.stringContaining(field),
    });
  });

  test("is for provisioning keys alone", async () => {
    expect(await refusalOf(gateway.as(account), "/activity", {})).toMatchObject({ status: 403 });
    expect(await refusalOf(manager, "/activity", { key: null })).toMatchObject({ status: 401 });
  });

  test("is understood by the official client", async () => {
    const client = new OpenRouter({
      apiKey: manager.key,
      serverURL: `${gateway.server.url}/api/v1`,
      retryConfig: { strategy: "none" },
    });
    const { data } = await client.analytics.getUserActivity();
    expect(data).toHaveLength(5);
    expect(data[0]).toMatchObject({ date: dayAgo(1), providerName: "OpenAI", byokUsageInference: 0.0015 });
  });
});
