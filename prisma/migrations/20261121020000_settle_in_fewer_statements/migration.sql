-- Settling alone, without others to share the commit with, is what one waiting client sees: each statement less is
-- about 25 µs less (measured: 475 µs of CPU before, 340 after; for eight at once 980 and 720).

DROP FUNCTION signalbox_settle(int, json, json);
DROP FUNCTION signalbox_add_entries(json);

-- Adds ledger entries and what follows from them for accounts, keys and the leases of one process. Every entry counts
-- once: a generation has at most one, a reference too. Gives the number of accounts and keys for which something was
-- added. Who adds for more than one account locks them first, ordered by id.
CREATE FUNCTION signalbox_add_entries(p_entries json, p_instance int DEFAULT 0) RETURNS int
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  added record;
  count int := 0;
BEGIN
  FOR added IN
    WITH entry AS (
      INSERT INTO "LedgerEntry" ("accountId", "kind", "amountNanoUsd", "generationId", "apiKeyHash", "state", "computation", "note", "reference")
      SELECT r."accountId", r."kind", r."amountNanoUsd", r."generationId", r."apiKeyHash", COALESCE(r."state", 'exact'), r."computation", r."note", r."reference"
        FROM json_populate_recordset(NULL::"LedgerEntry", p_entries) r
        ON CONFLICT DO NOTHING
        RETURNING "accountId", "apiKeyHash", "kind" IN ('usage', 'byok_fee') AS "isUsage", "amountNanoUsd"
    ) SELECT "accountId", "apiKeyHash",
             COALESCE(SUM("amountNanoUsd") FILTER (WHERE NOT "isUsage"), 0)::bigint AS credits,
             COALESCE(-SUM("amountNanoUsd") FILTER (WHERE "isUsage"), 0)::bigint AS spent
        FROM entry GROUP BY "accountId", "apiKeyHash"
  LOOP
    count := count + 1;
    UPDATE "Account" SET
        "balanceNanoUsd" = "balanceNanoUsd" + added.credits - added.spent,
        "creditsNanoUsd" = "creditsNanoUsd" + added.credits,
        "usageNanoUsd" = "usageNanoUsd" + added.spent
      WHERE "id" = added."accountId";
    UPDATE "ApiKey" k SET
        "usageNanoUsd" = k."usageNanoUsd" + added.spent,
        "usageDailyNanoUsd" = added.spent + CASE WHEN k."usageDate" = today THEN k."usageDailyNanoUsd" ELSE 0 END,
        "usageWeeklyNanoUsd" = added.spent + CASE WHEN date_trunc('week', k."usageDate") = date_trunc('week', today) THEN k."usageWeeklyNanoUsd" ELSE 0 END,
        "usageMonthlyNanoUsd" = added.spent + CASE WHEN date_trunc('month', k."usageDate") = date_trunc('month', today) THEN k."usageMonthlyNanoUsd" ELSE 0 END,
        "byokUsageDailyNanoUsd" = CASE WHEN k."usageDate" = today THEN k."byokUsageDailyNanoUsd" ELSE 0 END,
        "byokUsageWeeklyNanoUsd" = CASE WHEN date_trunc('week', k."usageDate") = date_trunc('week', today) THEN k."byokUsageWeeklyNanoUsd" ELSE 0 END,
        "byokUsageMonthlyNanoUsd" = CASE WHEN date_trunc('month', k."usageDate") = date_trunc('month', today) THEN k."byokUsageMonthlyNanoUsd" ELSE 0 END,
        "usageDate" = today,
        "lastUsedAt" = now()
      WHERE k."hash" = added."apiKeyHash";
    UPDATE "Lease" SET "amountNanoUsd" = GREATEST(0, "amountNanoUsd" - added.spent)
      WHERE "instanceId" = p_instance AND "accountId" = added."accountId" AND "apiKeyHash" = COALESCE(added."apiKeyHash", '');
  END LOOP;
  RETURN count;
END $$;

-- Records finished generations (`p_ids`, of `p_accounts`) and charges them, all or nothing. Settling one twice changes
-- nothing, except that a record closed as interrupted by a reaper who thought its process dead is put right.
CREATE FUNCTION signalbox_settle(p_instance int, p_ids text[], p_accounts uuid[], p_generations json, p_entries json)
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
    DELETE FROM "Generation" WHERE "id" = ANY (p_ids) AND "state" = 'interrupted';
    INSERT INTO "Generation" SELECT * FROM json_populate_recordset(NULL::"Generation", p_generations) ON CONFLICT DO NOTHING;
  END IF;
  DELETE FROM "Hold" WHERE "generationId" = ANY (p_ids);
  RETURN QUERY SELECT "id", "balanceNanoUsd" FROM "Account" WHERE "id" = ANY (p_accounts);
END $$;
