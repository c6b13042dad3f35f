-- DropIndex
DROP INDEX "LedgerEntry_accountId_id_idx";

-- DropIndex
DROP INDEX "Generation_apiKeyHash_createdAt_idx";

-- CreateTable
CREATE TABLE "ActivityDay" (
    "accountId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "modelId" TEXT NOT NULL,
    "providerSlug" TEXT NOT NULL,
    "endpointTag" TEXT NOT NULL,
    "apiKeyHash" TEXT NOT NULL,
    "app" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "insured" BOOLEAN NOT NULL,
    "estimated" BOOLEAN NOT NULL,
    "isByok" BOOLEAN NOT NULL,
    "sandbox" BOOLEAN NOT NULL,
    "requests" INTEGER NOT NULL,
    "promptTokens" BIGINT NOT NULL,
    "completionTokens" BIGINT NOT NULL,
    "reasoningTokens" BIGINT NOT NULL,
    "cachedTokens" BIGINT NOT NULL,
    "costNanoUsd" BIGINT NOT NULL,
    "upstreamCostNanoUsd" BIGINT NOT NULL,

    CONSTRAINT "ActivityDay_pkey" PRIMARY KEY ("accountId","day","modelId","endpointTag","apiKeyHash","app","state","insured","estimated","isByok","sandbox")
);

-- CreateIndex
CREATE INDEX "LedgerEntry_accountId_createdAt_id_idx" ON "LedgerEntry"("accountId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Generation_accountId_apiKeyHash_createdAt_id_idx" ON "Generation"("accountId", "apiKeyHash", "createdAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Generation_accountId_modelId_createdAt_id_idx" ON "Generation"("accountId", "modelId", "createdAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Generation_accountId_providerSlug_createdAt_id_idx" ON "Generation"("accountId", "providerSlug", "createdAt" DESC, "id");

-- Prisma cannot say what follows.

-- Each row is changed again and again within its day: room beside it, so that a change stays on its page.
ALTER TABLE "ActivityDay" SET (fillfactor = 80);

-- The program that asked: the title it gives itself, else the site it says it runs on. Empty without a key, where it is
-- our own chatroom. The same words in every query, or the index below is not used.
CREATE FUNCTION signalbox_app_of(p_key text, p_title text, p_referer text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_key IS NULL THEN ''
    ELSE left(COALESCE(NULLIF(p_title, ''), substring(p_referer from '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#]+)'), p_referer, ''), 100) END
$$;

-- Most requests name no app, and most go well: those that do not are few, and cost nothing to the others here.
CREATE INDEX "Generation_app_idx" ON "Generation"
  ("accountId", signalbox_app_of("apiKeyHash", "appTitle", "httpReferer"), "createdAt" DESC, "id")
  WHERE "appTitle" IS NOT NULL OR "httpReferer" IS NOT NULL;
CREATE INDEX "Generation_unusual_idx" ON "Generation" ("accountId", "createdAt" DESC, "id")
  WHERE "state" <> 'finished' OR "insured" OR "estimated";

-- Of the ledger all but usage: a few entries among millions.
CREATE INDEX "LedgerEntry_credit_idx" ON "LedgerEntry" ("accountId", "createdAt" DESC, "id" DESC) WHERE "kind" <> 'usage';

-- What the activity sums up, of a set of generations.
CREATE FUNCTION signalbox_count_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ActivityDay" AS d ("accountId", "day", "modelId", "providerSlug", "endpointTag", "apiKeyHash", "app", "state",
      "insured", "estimated", "isByok", "sandbox", "requests", "promptTokens", "completionTokens", "reasoningTokens",
      "cachedTokens", "costNanoUsd", "upstreamCostNanoUsd")
    SELECT "accountId", ("createdAt" AT TIME ZONE 'UTC')::date, "modelId", COALESCE("providerSlug", ''), COALESCE("endpointTag", ''),
        COALESCE("apiKeyHash", ''), signalbox_app_of("apiKeyHash", "appTitle", "httpReferer"), "state",
        "insured", "estimated", "isByok", "sandbox", COUNT(*), SUM("promptTokens"), SUM("completionTokens"), SUM("reasoningTokens"),
        SUM("cachedTokens"), SUM("costNanoUsd"), SUM(COALESCE("upstreamCostNanoUsd", 0))
      FROM fresh GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    ON CONFLICT ("accountId", "day", "modelId", "endpointTag", "apiKeyHash", "app", "state", "insured", "estimated", "isByok", "sandbox")
    DO UPDATE SET
      "requests" = d."requests" + excluded."requests",
      "promptTokens" = d."promptTokens" + excluded."promptTokens",
      "completionTokens" = d."completionTokens" + excluded."completionTokens",
      "reasoningTokens" = d."reasoningTokens" + excluded."reasoningTokens",
      "cachedTokens" = d."cachedTokens" + excluded."cachedTokens",
      "costNanoUsd" = d."costNanoUsd" + excluded."costNanoUsd",
      "upstreamCostNanoUsd" = d."upstreamCostNanoUsd" + excluded."upstreamCostNanoUsd";
  RETURN NULL;
END $$;

CREATE TRIGGER "Generation_count" AFTER INSERT ON "Generation"
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION signalbox_count_activity();

-- What happened before there were sums.
INSERT INTO "ActivityDay" ("accountId", "day", "modelId", "providerSlug", "endpointTag", "apiKeyHash", "app", "state",
    "insured", "estimated", "isByok", "sandbox", "requests", "promptTokens", "completionTokens", "reasoningTokens",
    "cachedTokens", "costNanoUsd", "upstreamCostNanoUsd")
  SELECT "accountId", ("createdAt" AT TIME ZONE 'UTC')::date, "modelId", COALESCE(MIN("providerSlug"), ''), COALESCE("endpointTag", ''),
      COALESCE("apiKeyHash", ''), signalbox_app_of("apiKeyHash", "appTitle", "httpReferer"), "state",
      "insured", "estimated", "isByok", "sandbox", COUNT(*), SUM("promptTokens"), SUM("completionTokens"), SUM("reasoningTokens"),
      SUM("cachedTokens"), SUM("costNanoUsd"), SUM(COALESCE("upstreamCostNanoUsd", 0))
    FROM "Generation" GROUP BY 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12;

-- The same as before, except that a record that is put right leaves the sums as well.
CREATE OR REPLACE FUNCTION signalbox_settle(p_instance int, p_ids text[], p_accounts uuid[], p_generations json, p_entries json)
RETURNS TABLE (account_id uuid, account_balance bigint)
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  written int;
BEGIN
  PERFORM 1 FROM "Account" WHERE "id" = ANY (p_accounts) ORDER BY "id" FOR UPDATE;
  PERFORM signalbox_add_entries(p_entries, p_instance);
  INSERT INTO "Generation" SELECT * FROM json_populate_recordset(NULL::"Generation", p_generations) ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written < cardinality(p_ids) THEN
    WITH mended AS (
      DELETE FROM "Generation" WHERE "id" = ANY (p_ids) AND "state" = 'interrupted' RETURNING *
    ), sums AS (
      SELECT "accountId", ("createdAt" AT TIME ZONE 'UTC')::date AS "day", "modelId", COALESCE("endpointTag", '') AS "endpointTag",
          COALESCE("apiKeyHash", '') AS "apiKeyHash", signalbox_app_of("apiKeyHash", "appTitle", "httpReferer") AS "app",
          "insured", "estimated", "isByok", "sandbox", COUNT(*) AS "requests", SUM("promptTokens") AS "promptTokens",
          SUM("completionTokens") AS "completionTokens", SUM("reasoningTokens") AS "reasoningTokens",
          SUM("cachedTokens") AS "cachedTokens", SUM("costNanoUsd") AS "costNanoUsd",
          SUM(COALESCE("upstreamCostNanoUsd", 0)) AS "upstreamCostNanoUsd"
        FROM mended GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    ) UPDATE "ActivityDay" d SET
          "requests" = d."requests" - s."requests",
          "promptTokens" = d."promptTokens" - s."promptTokens",
          "completionTokens" = d."completionTokens" - s."completionTokens",
          "reasoningTokens" = d."reasoningTokens" - s."reasoningTokens",
          "cachedTokens" = d."cachedTokens" - s."cachedTokens",
          "costNanoUsd" = d."costNanoUsd" - s."costNanoUsd",
          "upstreamCostNanoUsd" = d."upstreamCostNanoUsd" - s."upstreamCostNanoUsd"
        FROM sums s
        WHERE d."accountId" = s."accountId" AND d."day" = s."day" AND d."modelId" = s."modelId" AND d."endpointTag" = s."endpointTag"
          AND d."apiKeyHash" = s."apiKeyHash" AND d."app" = s."app" AND d."state" = 'interrupted' AND d."insured" = s."insured"
          AND d."estimated" = s."estimated" AND d."isByok" = s."isByok" AND d."sandbox" = s."sandbox";
    INSERT INTO "Generation" SELECT * FROM json_populate_recordset(NULL::"Generation", p_generations) ON CONFLICT DO NOTHING;
  END IF;
  DELETE FROM "Hold" WHERE "generationId" = ANY (p_ids);
  RETURN QUERY SELECT "id", "balanceNanoUsd" FROM "Account" WHERE "id" = ANY (p_accounts);
END $$;

-- The same as before, in the order in which settlements lock: the sums of two accounts must not be locked crosswise.
CREATE OR REPLACE FUNCTION signalbox_bury_instance(p_instance int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  closed int;
BEGIN
  PERFORM 1 FROM "Account" WHERE "id" IN (SELECT "accountId" FROM "Hold" WHERE "instanceId" = p_instance) ORDER BY "id" FOR UPDATE;
  INSERT INTO "Generation" ("id", "accountId", "apiKeyHash", "createdAt", "apiType", "requestedModel", "modelId", "streamed", "state",
      "finishReason", "promptTokens", "completionTokens", "reasoningTokens", "cachedTokens", "cacheWriteTokens", "imageTokens", "audioTokens",
      "estimated", "insured", "sandbox", "isByok", "costNanoUsd", "route")
    SELECT "generationId", "accountId", "apiKeyHash", "createdAt", 'completions', "requestedModel", "modelId", "streamed", 'interrupted',
      'error', 0, 0, 0, 0, 0, 0, 0, true, true, false, false, 0, '{"candidates": [], "excluded": [], "attempts": [], "notices": ["the server stopped while this was on its way"]}'
    FROM "Hold" WHERE "instanceId" = p_instance ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS closed = ROW_COUNT;
  DELETE FROM "Hold" WHERE "instanceId" = p_instance;
  DELETE FROM "Lease" WHERE "instanceId" = p_instance;
  DELETE FROM "Instance" WHERE "id" = p_instance;
  RETURN closed;
END $$;
