-- Settling looked through whole tables as they grew, and it added the ledger's entries inside a join that the planner
-- leaves out when the process holds no lease: a replayed settlement was recorded and never charged.

-- enable_seqscan: plans are made while the tables are small and kept for the life of a connection. Every statement here
-- has an index; a scan that was right for ten rows must not stay for ten million.
-- plan_cache_mode: arrays look cheaper when planned anew each time, which costs more than running the statement (measured:
-- 680 instead of 450 µs of CPU for one settlement).

DROP FUNCTION signalbox_add_entries(json);

-- Adds ledger entries and what follows from them. Every entry counts once: a generation has at most one, a reference too.
-- Gives what was added, per account and key.
CREATE FUNCTION signalbox_add_entries(p_entries json) RETURNS TABLE (entry_account uuid, entry_key text, entry_amount bigint)
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  locked uuid[];
  accounts uuid[];
  keys text[];
  credits bigint[];
  spent bigint[];
BEGIN
  SELECT array_agg(DISTINCT (e->>'accountId')::uuid) INTO locked FROM json_array_elements(p_entries) e;
  PERFORM 1 FROM "Account" WHERE "id" = ANY (locked) ORDER BY "id" FOR UPDATE;
  WITH added AS (
    INSERT INTO "LedgerEntry" ("accountId", "kind", "amountNanoUsd", "generationId", "apiKeyHash", "state", "computation", "note", "reference")
    SELECT r."accountId", r."kind", r."amountNanoUsd", r."generationId", r."apiKeyHash", COALESCE(r."state", 'exact'), r."computation", r."note", r."reference"
      FROM json_populate_recordset(NULL::"LedgerEntry", p_entries) r
      ON CONFLICT DO NOTHING
      RETURNING "accountId", "apiKeyHash", "kind" IN ('usage', 'byok_fee') AS "isUsage", "amountNanoUsd"
  ), summed AS (
    SELECT "accountId", "apiKeyHash",
           COALESCE(SUM("amountNanoUsd") FILTER (WHERE NOT "isUsage"), 0)::bigint AS credits,
           COALESCE(-SUM("amountNanoUsd") FILTER (WHERE "isUsage"), 0)::bigint AS spent
      FROM added GROUP BY "accountId", "apiKeyHash"
  ) SELECT array_agg(s."accountId"), array_agg(s."apiKeyHash"), array_agg(s.credits), array_agg(s.spent)
      INTO accounts, keys, credits, spent FROM summed s;
  IF accounts IS NULL THEN
    RETURN;
  END IF;
  UPDATE "Account" a SET
      "balanceNanoUsd" = a."balanceNanoUsd" + s.credits - s.spent,
      "creditsNanoUsd" = a."creditsNanoUsd" + s.credits,
      "usageNanoUsd" = a."usageNanoUsd" + s.spent
    FROM (SELECT u.account, SUM(u.credits)::bigint AS credits, SUM(u.spent)::bigint AS spent
            FROM unnest(accounts, credits, spent) AS u(account, credits, spent) GROUP BY u.account) s
    WHERE a."id" = s.account AND a."id" = ANY (accounts);
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
    FROM (SELECT u.key, SUM(u.spent)::bigint AS spent FROM unnest(keys, spent) AS u(key, spent) GROUP BY u.key) s
    WHERE k."hash" = s.key AND k."hash" = ANY (keys);
  RETURN QUERY SELECT u.account, u.key, u.credits - u.spent FROM unnest(accounts, keys, credits, spent) AS u(account, key, credits, spent);
END $$;

-- Records finished generations and charges them, all or nothing. Settling one twice changes nothing, except that a
-- record closed as interrupted by a reaper who thought its process dead is put right.
CREATE OR REPLACE FUNCTION signalbox_settle(p_instance int, p_generations json, p_entries json)
RETURNS TABLE (account_id uuid, account_balance bigint) LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  ids text[];
  settled uuid[];
  accounts uuid[];
  keys text[];
  spent bigint[];
  written int;
BEGIN
  SELECT array_agg(g->>'id'), array_agg(DISTINCT (g->>'accountId')::uuid) INTO ids, settled FROM json_array_elements(p_generations) g;
  PERFORM 1 FROM "Account" WHERE "id" = ANY (settled) ORDER BY "id" FOR UPDATE;
  -- Into variables: the entries must be added whatever comes of the lease.
  SELECT array_agg(entry_account), array_agg(COALESCE(entry_key, '')), array_agg(-entry_amount)
    INTO accounts, keys, spent FROM signalbox_add_entries(p_entries);
  INSERT INTO "Generation" SELECT * FROM json_populate_recordset(NULL::"Generation", p_generations) ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written < cardinality(ids) THEN
    DELETE FROM "Generation" WHERE "id" = ANY (ids) AND "state" = 'interrupted';
    INSERT INTO "Generation" SELECT * FROM json_populate_recordset(NULL::"Generation", p_generations) ON CONFLICT DO NOTHING;
  END IF;
  UPDATE "Lease" l SET "amountNanoUsd" = GREATEST(0, l."amountNanoUsd" - s.spent)
    FROM unnest(accounts, keys, spent) AS s(account, key, spent)
    WHERE l."instanceId" = p_instance AND l."accountId" = s.account AND l."apiKeyHash" = s.key;
  DELETE FROM "Hold" WHERE "generationId" = ANY (ids);
  RETURN QUERY SELECT "id", "balanceNanoUsd" FROM "Account" WHERE "id" = ANY (settled);
END $$;
