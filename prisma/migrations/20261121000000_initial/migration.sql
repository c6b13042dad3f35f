-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "balanceNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "creditsNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "usageNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "isAdmin" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "userAgent" TEXT,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "hash" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "creatorUserId" TEXT,
    "name" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "disabled" BOOLEAN NOT NULL DEFAULT false,
    "limitNanoUsd" BIGINT,
    "limitReset" TEXT,
    "includeByokInLimit" BOOLEAN NOT NULL DEFAULT false,
    "expiresAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),
    "usageNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "usageDailyNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "usageWeeklyNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "usageMonthlyNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "byokUsageNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "byokUsageDailyNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "byokUsageWeeklyNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "byokUsageMonthlyNanoUsd" BIGINT NOT NULL DEFAULT 0,
    "usageDate" DATE NOT NULL DEFAULT '1970-01-01',

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "id" BIGSERIAL NOT NULL,
    "accountId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amountNanoUsd" BIGINT NOT NULL,
    "generationId" TEXT,
    "apiKeyHash" TEXT,
    "state" TEXT NOT NULL DEFAULT 'exact',
    "computation" JSONB,
    "note" TEXT,
    "reference" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Generation" (
    "id" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "apiKeyHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "apiType" TEXT NOT NULL,
    "requestedModel" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "providerSlug" TEXT,
    "endpointTag" TEXT,
    "upstreamId" TEXT,
    "streamed" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "finishReason" TEXT,
    "nativeFinishReason" TEXT,
    "promptTokens" INTEGER NOT NULL,
    "completionTokens" INTEGER NOT NULL,
    "reasoningTokens" INTEGER NOT NULL,
    "cachedTokens" INTEGER NOT NULL,
    "cacheWriteTokens" INTEGER NOT NULL,
    "imageTokens" INTEGER NOT NULL,
    "audioTokens" INTEGER NOT NULL,
    "estimated" BOOLEAN NOT NULL,
    "insured" BOOLEAN NOT NULL,
    "sandbox" BOOLEAN NOT NULL,
    "isByok" BOOLEAN NOT NULL,
    "costNanoUsd" BIGINT NOT NULL,
    "upstreamCostNanoUsd" BIGINT,
    "firstTokenMs" INTEGER,
    "gatewayMs" INTEGER,
    "generationMs" INTEGER,
    "httpReferer" TEXT,
    "appTitle" TEXT,
    "userAgent" TEXT,
    "externalUser" TEXT,
    "sessionId" TEXT,
    "serviceTier" TEXT,
    "route" JSONB NOT NULL,

    CONSTRAINT "Generation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Instance" (
    "id" SERIAL NOT NULL,
    "hostname" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lease" (
    "instanceId" INTEGER NOT NULL,
    "accountId" UUID NOT NULL,
    "apiKeyHash" TEXT NOT NULL,
    "amountNanoUsd" BIGINT NOT NULL,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("instanceId","accountId","apiKeyHash")
);

-- CreateTable
CREATE TABLE "Hold" (
    "generationId" TEXT NOT NULL,
    "instanceId" INTEGER NOT NULL,
    "accountId" UUID NOT NULL,
    "apiKeyHash" TEXT,
    "amountNanoUsd" BIGINT NOT NULL,
    "requestedModel" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "streamed" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Hold_pkey" PRIMARY KEY ("generationId")
);

-- CreateTable
CREATE TABLE "CatalogProvider" (
    "slug" TEXT NOT NULL,
    "fact" JSONB NOT NULL,

    CONSTRAINT "CatalogProvider_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "CatalogModel" (
    "id" TEXT NOT NULL,
    "fact" JSONB NOT NULL,

    CONSTRAINT "CatalogModel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CatalogEndpoint" (
    "modelId" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "providerSlug" TEXT NOT NULL,
    "fact" JSONB NOT NULL,

    CONSTRAINT "CatalogEndpoint_pkey" PRIMARY KEY ("modelId","tag")
);

-- CreateTable
CREATE TABLE "CatalogOverride" (
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "patch" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CatalogOverride_pkey" PRIMARY KEY ("kind","key")
);

-- CreateTable
CREATE TABLE "CatalogImport" (
    "id" SERIAL NOT NULL,
    "checksum" TEXT NOT NULL,
    "importedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CatalogImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "accountId" UUID,
    "userId" TEXT,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "detail" JSONB,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "User_accountId_idx" ON "User"("accountId");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "ApiKey_accountId_createdAt_idx" ON "ApiKey"("accountId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerEntry_generationId_key" ON "LedgerEntry"("generationId");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerEntry_reference_key" ON "LedgerEntry"("reference");

-- CreateIndex
CREATE INDEX "LedgerEntry_accountId_id_idx" ON "LedgerEntry"("accountId", "id");

-- CreateIndex
CREATE INDEX "Generation_accountId_createdAt_id_idx" ON "Generation"("accountId", "createdAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Generation_apiKeyHash_createdAt_idx" ON "Generation"("apiKeyHash", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Lease_accountId_idx" ON "Lease"("accountId");

-- CreateIndex
CREATE INDEX "Lease_apiKeyHash_idx" ON "Lease"("apiKeyHash");

-- CreateIndex
CREATE INDEX "Hold_instanceId_idx" ON "Hold"("instanceId");

-- CreateIndex
CREATE INDEX "CatalogEndpoint_providerSlug_idx" ON "CatalogEndpoint"("providerSlug");

-- CreateIndex
CREATE INDEX "AuditEvent_accountId_id_idx" ON "AuditEvent"("accountId", "id");

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Prisma cannot say what follows.

-- GET /key counts today's requests to free models.
CREATE INDEX "Generation_free_idx" ON "Generation" ("accountId", "createdAt") WHERE "modelId" LIKE '%:free';

-- Which changes every process must hear of at once.

-- Only what decides about admission: usage counters change with every settlement and would wake everybody for nothing.
CREATE FUNCTION signalbox_notify_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('signalbox', 'key:' || COALESCE(NEW."hash", OLD."hash"));
  RETURN NULL;
END $$;

CREATE TRIGGER "ApiKey_notify" AFTER INSERT OR DELETE OR UPDATE
  OF "disabled", "limitNanoUsd", "limitReset", "includeByokInLimit", "expiresAt", "deletedAt", "accountId", "label", "kind"
  ON "ApiKey" FOR EACH ROW EXECUTE FUNCTION signalbox_notify_api_key();

CREATE FUNCTION signalbox_notify_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('signalbox', 'session:' || COALESCE(NEW."id", OLD."id"));
  RETURN NULL;
END $$;

CREATE TRIGGER "Session_notify" AFTER DELETE OR UPDATE OF "revokedAt", "expiresAt"
  ON "Session" FOR EACH ROW EXECUTE FUNCTION signalbox_notify_session();

-- Per statement: an import touches a thousand rows and is one change.
CREATE FUNCTION signalbox_notify_catalog() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('signalbox', 'catalog');
  RETURN NULL;
END $$;

CREATE TRIGGER "CatalogOverride_notify" AFTER INSERT OR UPDATE OR DELETE
  ON "CatalogOverride" FOR EACH STATEMENT EXECUTE FUNCTION signalbox_notify_catalog();
CREATE TRIGGER "CatalogImport_notify" AFTER INSERT
  ON "CatalogImport" FOR EACH STATEMENT EXECUTE FUNCTION signalbox_notify_catalog();

-- Money. Functions and not statements sent one by one: each is one round trip, sees the newest rows after it has its
-- locks, and always locks in the same order (accounts by id, then keys, then leases), so that no two can deadlock.

-- What a key may still spend in its current period; NULL when it has no limit.
CREATE FUNCTION signalbox_key_remaining(k "ApiKey", today date) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT k."limitNanoUsd" - CASE k."limitReset"
    WHEN 'daily' THEN CASE WHEN k."usageDate" = today THEN k."usageDailyNanoUsd" ELSE 0 END
    WHEN 'weekly' THEN CASE WHEN date_trunc('week', k."usageDate") = date_trunc('week', today) THEN k."usageWeeklyNanoUsd" ELSE 0 END
    WHEN 'monthly' THEN CASE WHEN date_trunc('month', k."usageDate") = date_trunc('month', today) THEN k."usageMonthlyNanoUsd" ELSE 0 END
    ELSE k."usageNanoUsd" END
$$;

-- Sets credit aside for one process: all that is wanted, or as much of it as is left, plus some ahead while there is
-- plenty, so that the next requests need not ask.
CREATE FUNCTION signalbox_extend_lease(
  p_instance int, p_account uuid, p_key text, p_wanted bigint,
  OUT granted bigint, OUT account_available bigint, OUT key_available bigint, OUT leased_elsewhere bigint, OUT balance bigint
) LANGUAGE plpgsql AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  available bigint;
  key_row "ApiKey";
BEGIN
  SELECT "balanceNanoUsd" INTO balance FROM "Account" WHERE "id" = p_account FOR UPDATE;
  balance := COALESCE(balance, 0);
  SELECT balance - COALESCE(SUM("amountNanoUsd"), 0),
         COALESCE(SUM("amountNanoUsd") FILTER (WHERE "instanceId" <> p_instance OR "apiKeyHash" <> p_key), 0)
    INTO account_available, leased_elsewhere FROM "Lease" WHERE "accountId" = p_account;
  available := account_available;
  IF p_key <> '' THEN
    SELECT * INTO key_row FROM "ApiKey" WHERE "hash" = p_key FOR UPDATE;
    SELECT signalbox_key_remaining(key_row, today) - COALESCE(SUM("amountNanoUsd"), 0)
      INTO key_available FROM "Lease" WHERE "apiKeyHash" = p_key;
    available := LEAST(available, COALESCE(key_available, available));
  END IF;
  granted := GREATEST(0, LEAST(p_wanted, available));
  -- Ahead only while the rest is large, and then a small part of it: what is leased here is missing elsewhere.
  IF granted = p_wanted AND available > 64 * p_wanted THEN
    granted := granted + LEAST(20 * p_wanted, (available - p_wanted) / 16);
  END IF;
  IF granted > 0 THEN
    INSERT INTO "Lease" ("instanceId", "accountId", "apiKeyHash", "amountNanoUsd") VALUES (p_instance, p_account, p_key, granted)
      ON CONFLICT ("instanceId", "accountId", "apiKeyHash") DO UPDATE SET "amountNanoUsd" = "Lease"."amountNanoUsd" + excluded."amountNanoUsd";
  END IF;
END $$;

-- Gives back what a process does not use.
CREATE FUNCTION signalbox_release_lease(p_instance int, p_account uuid, p_key text, p_amount bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Account" WHERE "id" = p_account FOR UPDATE;
  UPDATE "Lease" SET "amountNanoUsd" = GREATEST(0, "amountNanoUsd" - p_amount)
    WHERE "instanceId" = p_instance AND "accountId" = p_account AND "apiKeyHash" = p_key;
  DELETE FROM "Lease" WHERE "instanceId" = p_instance AND "accountId" = p_account AND "apiKeyHash" = p_key AND "amountNanoUsd" = 0;
END $$;

-- Adds ledger entries and what follows from them. Every entry counts once: a generation has at most one, a reference too.
CREATE FUNCTION signalbox_add_entries(p_entries json) RETURNS TABLE (entry_account uuid, entry_generation text, entry_amount bigint) LANGUAGE plpgsql AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  fresh json;
BEGIN
  PERFORM 1 FROM "Account" WHERE "id" IN (SELECT (e->>'accountId')::uuid FROM json_array_elements(p_entries) e) ORDER BY "id" FOR UPDATE;
  WITH added AS (
    INSERT INTO "LedgerEntry" ("accountId", "kind", "amountNanoUsd", "generationId", "apiKeyHash", "state", "computation", "note", "reference")
    SELECT r."accountId", r."kind", r."amountNanoUsd", r."generationId", r."apiKeyHash", COALESCE(r."state", 'exact'), r."computation", r."note", r."reference"
      FROM json_populate_recordset(NULL::"LedgerEntry", p_entries) r
      ON CONFLICT DO NOTHING
      RETURNING "accountId", "apiKeyHash", "generationId", "kind", "amountNanoUsd"
  ) SELECT COALESCE(json_agg(added), '[]') INTO fresh FROM added;
  UPDATE "Account" a SET
      "balanceNanoUsd" = a."balanceNanoUsd" + s.total,
      "creditsNanoUsd" = a."creditsNanoUsd" + s.credits,
      "usageNanoUsd" = a."usageNanoUsd" + s.usage
    FROM (SELECT f."accountId" AS account, SUM(f."amountNanoUsd") AS total,
            COALESCE(SUM(f."amountNanoUsd") FILTER (WHERE f."kind" NOT IN ('usage', 'byok_fee')), 0) AS credits,
            COALESCE(-SUM(f."amountNanoUsd") FILTER (WHERE f."kind" IN ('usage', 'byok_fee')), 0) AS usage
          FROM json_populate_recordset(NULL::"LedgerEntry", fresh) f GROUP BY f."accountId") s
    WHERE a."id" = s.account;
  UPDATE "ApiKey" k SET
      "usageNanoUsd" = k."usageNanoUsd" + s.spent,
      "usageDailyNanoUsd" = s.spent + CASE WHEN k."usageDate" = today THEN k."usageDailyNanoUsd" ELSE 0 END,
      "usageWeeklyNanoUsd" = s.spent + CASE WHEN date_trunc('week', k."usageDate") = date_trunc('week', today) THEN k."usageWeeklyNanoUsd" ELSE 0 END,
      "usageMonthlyNanoUsd" = s.spent + CASE WHEN date_trunc('month', k."usageDate") = date_trunc('month', today) THEN k."usageMonthlyNanoUsd" ELSE 0 END,
      "byokUsageDailyNanoUsd" = CASE WHEN k."usageDate" = today THEN k."byokUsageDailyNanoUsd" ELSE 0 END,
      "byokUsageWeeklyNanoUsd" = CASE WHEN date_trunc('week', k."usageDate") = date_trunc('week', today) THEN k."byokUsageWeeklyNanoUsd" ELSE 0 END,
      "byokUsageMonthlyNanoUsd" = CASE WHEN date_trunc('month', k."usageDate") = date_trunc('month', today) THEN k."byokUsageMonthlyNanoUsd" ELSE 0 END,
      "usageDate" = today,
      "lastUsedAt" = now()
    FROM (SELECT f."apiKeyHash" AS key, -SUM(f."amountNanoUsd") AS spent
          FROM json_populate_recordset(NULL::"LedgerEntry", fresh) f
          WHERE f."apiKeyHash" IS NOT NULL AND f."kind" IN ('usage', 'byok_fee') GROUP BY f."apiKeyHash") s
    WHERE k."hash" = s.key;
  RETURN QUERY SELECT f."accountId", f."generationId", f."amountNanoUsd" FROM json_populate_recordset(NULL::"LedgerEntry", fresh) f;
END $$;

-- Records finished generations and charges them, all or nothing. Settling one twice changes nothing, except that a
-- record closed as interrupted by a reaper who thought its process dead is put right.
CREATE FUNCTION signalbox_settle(p_instance int, p_generations json, p_entries json) RETURNS TABLE (account_id uuid, account_balance bigint) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Account" WHERE "id" IN (SELECT (g->>'accountId')::uuid FROM json_array_elements(p_generations) g) ORDER BY "id" FOR UPDATE;
  DELETE FROM "Generation" WHERE "state" = 'interrupted' AND "id" IN (SELECT g->>'id' FROM json_array_elements(p_generations) g);
  INSERT INTO "Generation" SELECT * FROM json_populate_recordset(NULL::"Generation", p_generations) ON CONFLICT DO NOTHING;
  UPDATE "Lease" l SET "amountNanoUsd" = GREATEST(0, l."amountNanoUsd" - s.spent)
    FROM (SELECT entry_account, COALESCE(g."apiKeyHash", '') AS key, -SUM(entry_amount) AS spent
            FROM signalbox_add_entries(p_entries) JOIN "Generation" g ON g."id" = entry_generation
            GROUP BY entry_account, g."apiKeyHash") s
    WHERE l."instanceId" = p_instance AND l."accountId" = s.entry_account AND l."apiKeyHash" = s.key;
  DELETE FROM "Hold" WHERE "generationId" IN (SELECT g->>'id' FROM json_array_elements(p_generations) g);
  RETURN QUERY SELECT "id", "balanceNanoUsd" FROM "Account"
    WHERE "id" IN (SELECT (g->>'accountId')::uuid FROM json_array_elements(p_generations) g);
END $$;

-- Closes what a dead process left: its generations on the way become interrupted ones that cost nothing, its leases go.
CREATE FUNCTION signalbox_bury_instance(p_instance int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  closed int;
BEGIN
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
