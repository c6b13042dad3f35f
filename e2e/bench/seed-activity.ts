import { Client } from "pg";
import { hashOf } from "@/lib/id";

/** The account that has all of it. */
export const ACCOUNT_ID = "5160a1b0-0000-4000-8000-0000000000ac";
export const RARE_MODEL = "rare/once-a-day";
export const RARE_APP = "Seen three times";
export const SEEDED_KEY = hashOf("seeded key 1");

const MODELS = [
  "openai/gpt-4o-mini",
  "anthropic/claude-sonnet-4.5",
  "google/gemini-2.5-flash",
  "openai/gpt-oss-120b",
  "deepseek/deepseek-v3.2",
  "meta-llama/llama-3.3-70b-instruct",
  "qwen/qwen3-coder",
  "mistralai/mistral-small-3.2-24b-instruct",
  "x-ai/grok-4-fast",
  "google/gemini-2.5-pro",
  "anthropic/claude-haiku-4.5",
  "moonshotai/kimi-k2",
];
const PROVIDERS = ["openai", "anthropic", "google-ai-studio", "deepinfra", "together", "groq"];
const APPS = ["Cline", "Nightly build", "Support bot", null, null];
const KEYS = 8;

/** As much as a real one has. */
const ROUTE = JSON.stringify({
  requested: "openai/gpt-4o-mini",
  strategy: "load_balance",
  candidates: ["OpenAI", "Azure", "DeepInfra"].map((provider) => ({
    model: "openai/gpt-4o-mini",
    provider,
    endpoint: provider.toLowerCase(),
    probability: 0.33,
    score: 7.5e-7,
  })),
  excluded: [
    {
      model: "openai/gpt-4o-mini",
      provider: "Other",
      endpoint: "other",
      rule: "zdr",
      reason: "keeps prompts",
      fix: null,
    },
  ],
  attempts: [{ model: "openai/gpt-4o-mini", provider: "OpenAI", endpoint: "openai", status: 200, latencyMs: 311 }],
  notices: [],
});

/** Puts generations into a database, as many each day, unless there are some. Like real ones in size and in kind. */
export async function seedActivity(url: string, rows: number, days: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const present = await client.query(`SELECT 1 FROM "Generation" WHERE "accountId" = $1 LIMIT 1`, [ACCOUNT_ID]);
    if (present.rows.length > 0) return;
    await client.query(`INSERT INTO "Account" ("id", "name") VALUES ($1, 'Seeded') ON CONFLICT DO NOTHING`, [
      ACCOUNT_ID,
    ]);
    const hashes = Array.from({ length: KEYS }, (_, index) => hashOf(`seeded key ${index}`));
    for (const [index, hash] of hashes.entries()) {
      await client.query(
        `INSERT INTO "ApiKey" ("hash", "accountId", "name", "label", "kind") VALUES ($1, $2, $3, 'sk-or-v1-seed', 'inference')`,
        [hash, ACCOUNT_ID, `Seeded key ${index}`],
      );
    }
    // Nobody waits for these rows, and a crash would only mean to seed again.
    await client.query("SET synchronous_commit = off");
    const perDay = Math.round(rows / days);
    for (let ago = days - 1; ago >= 0; ago -= 1) {
      await client.query(INSERT_DAY, [ACCOUNT_ID, ago, perDay, MODELS, PROVIDERS, APPS, hashes, ROUTE]);
      // One by itself, whose model nobody else uses; three of them name an app that nobody else has.
      await client.query(INSERT_DAY, [
        ACCOUNT_ID,
        ago,
        1,
        [RARE_MODEL],
        PROVIDERS.slice(0, 1),
        [ago % Math.ceil(days / 3) === 0 ? RARE_APP : null],
        hashes.slice(0, 1),
        ROUTE,
      ]);
      process.stderr.write(".");
    }
    process.stderr.write("\n");
    await client.query(`VACUUM ANALYZE "Generation"`);
    await client.query(`VACUUM ANALYZE "ActivityDay"`);
  } finally {
    await client.end();
  }
}

/**
 * $1 account, $2 days ago, $3 rows, $4 models, $5 providers, $6 apps, $7 keys, $8 route. As it is with real ones, each key
 * is one program with four models, and each model is served by three providers; early entries are picked more often.
 */
const INSERT_DAY = `
  INSERT INTO "Generation" ("id", "accountId", "apiKeyHash", "createdAt", "apiType", "requestedModel", "modelId", "providerSlug",
    "endpointTag", "upstreamId", "streamed", "state", "finishReason", "nativeFinishReason", "promptTokens", "completionTokens",
    "reasoningTokens", "cachedTokens", "cacheWriteTokens", "imageTokens", "audioTokens", "estimated", "insured", "sandbox", "isByok",
    "costNanoUsd", "firstTokenMs", "gatewayMs", "generationMs", "appTitle", "userAgent", "route")
  SELECT 'gen-' || extract(epoch FROM "at")::bigint || '-' || substr(md5(random()::text), 1, 20), $1::uuid,
    CASE WHEN kind < 0.05 AND $3::int > 1 THEN NULL ELSE ($7::text[])[1 + key] END, "at", 'completions', model, model, CASE WHEN failed THEN NULL ELSE provider END, CASE WHEN failed THEN NULL ELSE provider END,
    'chatcmpl-' || n, kind < 0.7, CASE WHEN failed THEN 'failed' WHEN kind > 0.98 THEN 'aborted' ELSE 'finished' END,
    CASE WHEN failed THEN 'error' ELSE 'stop' END, 'stop', 200 + (random() * 4000)::int, CASE WHEN failed THEN 0 ELSE (random() * 900)::int END,
    0, (random() * 200)::int, 0, 0, 0, kind > 0.98, failed, false, kind BETWEEN 0.5 AND 0.52,
    CASE WHEN failed THEN 0 ELSE (random() * 2000000)::bigint END, 300, 1, 800,
    ($6::text[])[1 + key % cardinality($6::text[])], 'openai-python/2.1', $8::jsonb
  FROM (
    SELECT n, kind, failed, "at", key, ($4::text[])[1 + model % cardinality($4::text[])] AS model,
      ($5::text[])[1 + (model + floor(power(random(), 2) * 3)::int) % cardinality($5::text[])] AS provider
    FROM (SELECT drawn.*, key + floor(power(random(), 2) * 4)::int AS model FROM (SELECT n, random() AS kind, random() < 0.01 AND $3::int > 1 AS failed,
      (date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC') - make_interval(days => $2::int)
        + (n::float8 / $3::int) * CASE WHEN $2::int = 0 THEN now() - date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
            ELSE interval '24 hours' END - interval '1 millisecond' AS "at",
      floor(power(random(), 2) * cardinality($7::text[]))::int AS key
    FROM generate_series(1, $3::int) n) drawn) spread
  ) picked`;
