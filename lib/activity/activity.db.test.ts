import { GenerationResponse$inboundSchema } from "@openrouter/sdk/models/generationresponse.js";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { hashOf, newUuid } from "@/lib/id";
import { generationDetailSchema, generationResponseSchema, generationSummarySchema } from "@/lib/schemas/generation";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { EXAMPLE_ROUTE, insertGeneration } from "@/lib/testing/insert-generation";
import { cursorOf } from "./generation-cursor";
import { findGeneration, findGenerationResponse } from "./get-generation";
import { listGenerations } from "./list-generations";
import { renderRoute } from "./render-route";

connectTestDatabase();
let accountId: string;

beforeAll(async () => {
  await getPool().query(`INSERT INTO "CatalogProvider" ("slug", "fact") VALUES ('openai', '{"name": "OpenAI"}')`);
});

// An account of its own, so that no test sees another's generations.
beforeEach(async () => {
  accountId = newUuid();
  await getPool().query(`INSERT INTO "Account" ("id", "name") VALUES ($1, 'Test')`, [accountId]);
});

function newHash(): string {
  return hashOf(newUuid());
}

async function insertKey(hash: string, name: string, label: string, owner = accountId): Promise<void> {
  await getPool().query(`INSERT INTO "Account" ("id", "name") VALUES ($1, '') ON CONFLICT DO NOTHING`, [owner]);
  await getPool().query(
    `INSERT INTO "ApiKey" ("hash", "accountId", "name", "label", "kind") VALUES ($1, $2, $3, $4, 'inference')`,
    [hash, owner, name, label],
  );
}

/** The day on which examples are made, and nothing else. */
const DAY = { from: "2026-11-21", to: "2026-11-21" };

describe("the activity", () => {
  test("shows a generation with the names of its provider and key", async () => {
    const hash = newHash();
    await insertKey(hash, "Laptop", "sk-…1");
    const id = await insertGeneration(accountId, { apiKeyHash: hash, isByok: true });

    const { rows, newerCursor, olderCursor } = await listGenerations({ accountId, filter: DAY, limit: 10 });

    expect({ newerCursor, olderCursor }).toEqual({ newerCursor: null, olderCursor: null });
    expect(rows).toEqual([
      {
        id,
        createdAt: "2026-11-21T12:00:00.123Z",
        requestedModel: "openai/gpt-4o:nitro",
        modelId: "openai/gpt-4o",
        providerName: "OpenAI",
        providerSlug: "openai",
        endpointTag: "openai",
        keyHash: hash,
        keyLabel: "sk-…1",
        keyName: "Laptop",
        app: "App",
        promptTokens: 100,
        completionTokens: 50,
        reasoningTokens: 20,
        cachedTokens: 10,
        costUsd: "0.001500001",
        estimated: false,
        insured: false,
        sandbox: true,
        isByok: true,
        state: "finished",
        finishReason: "stop",
        firstTokenMs: 320,
        generationMs: 500,
        tokensPerSecond: 100,
        streamed: true,
      },
    ]);
    expect(generationSummarySchema.parse(rows[0])).toEqual(rows[0]);

    const detail = await findGeneration(accountId, id);
    expect(detail).toMatchObject({ ...rows[0], route: EXAMPLE_ROUTE, imageTokens: 3, externalUser: "customer-7" });
    expect(generationDetailSchema.parse(detail)).toEqual(detail);
  });

  test.each([
    { name: "a key that is no more", fields: { apiKeyHash: "gone" }, shown: { keyName: null, keyLabel: null } },
    { name: "a provider that left the catalog", fields: { providerSlug: "old" }, shown: { providerName: "old" } },
    { name: "no provider at all", fields: { providerSlug: null }, shown: { providerName: null, providerSlug: null } },
    { name: "no time to divide by", fields: { generationMs: 0 }, shown: { tokensPerSecond: null } },
    { name: "no time known", fields: { generationMs: null }, shown: { tokensPerSecond: null } },
    { name: "no tokens", fields: { completionTokens: 0 }, shown: { tokensPerSecond: null } },
    { name: "no key, made in the chatroom", fields: { apiKeyHash: null }, shown: { app: null } },
    { name: "no title of its app", fields: { apiKeyHash: "k", appTitle: null }, shown: { app: "app.example" } },
    {
      name: "neither title nor site",
      fields: { apiKeyHash: "k", appTitle: null, httpReferer: null },
      shown: { app: null },
    },
  ])("shows a generation with $name", async ({ fields, shown }) => {
    const id = await insertGeneration(accountId, fields);

    expect(await findGeneration(accountId, id)).toMatchObject(shown);
  });

  test("comes in pages, newest first, each generation once, also those of one millisecond, and back again", async () => {
    const times = ["12:00:00.001", "12:00:00.002", "12:00:00.002", "12:00:00.002", "12:00:00.003"];
    const ids: string[] = [];
    for (const [index, time] of times.entries()) {
      ids.push(await insertGeneration(accountId, { id: `gen-1-${index}`, createdAt: `2026-11-21T${time}Z` }));
    }
    const [oldest, first, second, third, newest] = ids;
    const pageOf = async (cursors: { after?: string; before?: string }) => {
      const { rows, newerCursor, olderCursor } = await listGenerations({
        accountId,
        filter: DAY,
        limit: 2,
        ...cursors,
      });
      return { ids: rows.map(({ id }) => id), newerCursor, olderCursor };
    };

    const start = await pageOf({});
    expect(start).toMatchObject({ ids: [newest, first], newerCursor: null });
    const middle = await pageOf({ after: start.olderCursor ?? "" });
    expect(middle.ids).toEqual([second, third]);
    const end = await pageOf({ after: middle.olderCursor ?? "" });
    expect(end).toMatchObject({ ids: [oldest], olderCursor: null });

    expect(await pageOf({ before: end.newerCursor ?? "" })).toEqual(middle);
    expect(await pageOf({ before: middle.newerCursor ?? "" })).toEqual(start);
    // There is only one newer than this: the first page, and not half a page.
    expect(
      await pageOf({ before: cursorOf({ createdAt: new Date("2026-11-21T12:00:00.002Z"), id: "gen-1-1" }) }),
    ).toEqual(start);
  });

  test("does not move when something new arrives between two pages", async () => {
    const older = await insertGeneration(accountId, { createdAt: "2026-11-21T10:00:00Z" });
    await insertGeneration(accountId, { createdAt: "2026-11-21T11:00:00Z" });
    const { olderCursor } = await listGenerations({ accountId, filter: DAY, limit: 1 });
    await insertGeneration(accountId, { createdAt: "2026-11-21T12:00:00Z" });

    const { rows } = await listGenerations({ accountId, filter: DAY, after: olderCursor ?? "", limit: 1 });
    expect(rows.map(({ id }) => id)).toEqual([older]);
  });

  test("of another account is not to be seen", async () => {
    const id = await insertGeneration(accountId);
    const other = newUuid();

    const nothing = { rows: [], newerCursor: null, olderCursor: null };
    expect(await listGenerations({ accountId: other, filter: DAY, limit: 10 })).toEqual(nothing);
    const narrow = { ...DAY, model: "openai/gpt-4o" };
    expect(await listGenerations({ accountId: other, filter: narrow, limit: 10 })).toEqual(nothing);
    expect(await findGeneration(other, id)).toBeNull();
    expect(await findGenerationResponse(other, id)).toBeNull();
  });

  test("does not tell the name of another account's key", async () => {
    const hash = newHash();
    await insertKey(hash, "Secret project", "sk-…9", newUuid());
    const id = await insertGeneration(accountId, { apiKeyHash: hash });

    expect(await findGeneration(accountId, id)).toMatchObject({ keyName: null, keyLabel: null });
  });

  test.each([
    { limit: 0, rows: 1 },
    { limit: -5, rows: 1 },
    { limit: 1_000, rows: 3 },
  ])("a page of $limit rows is brought within the bounds", async ({ limit, rows }) => {
    for (let index = 0; index < 3; index += 1) await insertGeneration(accountId);

    expect((await listGenerations({ accountId, filter: DAY, limit })).rows).toHaveLength(rows);
  });
});

describe("the public record", () => {
  test("has every field that the official client asks for, and the route", async () => {
    const id = await insertGeneration(accountId, { upstreamCostNanoUsd: "30000000" });

    const response = await findGenerationResponse(accountId, id);

    expect(generationResponseSchema.parse(response)).toEqual(response);
    expect(GenerationResponse$inboundSchema.safeParse(response)).toMatchObject({ success: true });
    expect(response?.data).toMatchObject({
      id,
      upstream_id: "chatcmpl-1",
      total_cost: 0.001500001,
      usage: 0.001500001,
      upstream_inference_cost: 0.03,
      created_at: "2026-11-21T12:00:00.123+00:00",
      model: "openai/gpt-4o",
      streamed: true,
      cancelled: false,
      provider_name: "OpenAI",
      latency: 320,
      generation_time: 500,
      finish_reason: "stop",
      native_finish_reason: "end_turn",
      tokens_prompt: 100,
      native_tokens_completion: 50,
      native_tokens_reasoning: 20,
      native_tokens_cached: 10,
      native_tokens_completion_images: 3,
      origin: "https://app.example",
      external_user: "customer-7",
      session_id: "chat-1",
      workspace_id: accountId,
      provider_responses: [
        {
          endpoint_id: "azure",
          is_byok: false,
          latency: 5,
          model_permaslug: "openai/gpt-4o",
          provider_name: "Azure",
          status: 408,
        },
        {
          endpoint_id: "openai",
          is_byok: false,
          latency: 300,
          model_permaslug: "openai/gpt-4o",
          provider_name: "OpenAI",
          status: 200,
        },
      ],
      route: renderRoute(EXAMPLE_ROUTE),
    });
  });

  test("of a generation that was cut off early has every field too", async () => {
    const id = await insertGeneration(accountId, {
      state: "aborted",
      providerSlug: null,
      endpointTag: null,
      upstreamId: null,
      finishReason: null,
      nativeFinishReason: null,
      firstTokenMs: null,
      generationMs: null,
      httpReferer: null,
      userAgent: null,
      route: { candidates: [], excluded: [], attempts: [], notices: [] },
    });

    const response = await findGenerationResponse(accountId, id);

    expect(GenerationResponse$inboundSchema.safeParse(response)).toMatchObject({ success: true });
    expect(response?.data).toMatchObject({ cancelled: true, latency: null, origin: "", provider_responses: [] });
  });
});
