-- What we buy ourselves for a request with an account's own provider key (results of a web search) is charged whole: it is
-- no part of the fee, and stays where the fee is waived. As before but for `ownNanoUsd`.

CREATE OR REPLACE FUNCTION signalbox_settle_byok(p_instance int, p_ids text[], p_accounts uuid[], p_generations json, p_entries json)
RETURNS TABLE (account_id uuid, account_balance bigint, generation_id text, charged bigint)
LANGUAGE plpgsql AS $$
DECLARE
  -- Charged for the first time, in the order in which they came.
  fresh json;
  free_ids text[];
  -- Accounts whose last free request of the month is among them.
  used_up uuid[];
  decided_entries json;
  decided_generations json;
BEGIN
  PERFORM 1 FROM "Account" WHERE "id" = ANY (p_accounts) ORDER BY "id" FOR UPDATE;

  SELECT COALESCE(json_agg(json_build_object(
      'id', e->>'generationId', 'account', e->>'accountId', 'key', e->>'apiKeyHash', 'fee', -(e->>'amountNanoUsd')::bigint - COALESCE((e#>>'{byok,ownNanoUsd}')::bigint, 0), 'own', COALESCE(e#>>'{byok,ownNanoUsd}', '0'),
      'counts', e->>'state' <> 'insured', 'credential', e#>>'{byok,credentialId}', 'month', e#>>'{byok,month}',
      'free', (e#>>'{byok,freeRequests}')::int, 'cost', (e#>>'{byok,upstreamCostNanoUsd}')::bigint) ORDER BY place), '[]')
    INTO fresh
    FROM json_array_elements(p_entries) WITH ORDINALITY AS entries (e, place)
    WHERE e->>'kind' = 'byok_fee'
      AND NOT EXISTS (SELECT 1 FROM "LedgerEntry" l WHERE l."generationId" = e->>'generationId');

  WITH own AS (
    SELECT f->>'id' AS id, (f->>'account')::uuid AS account, (f->>'month')::date AS month, (f->>'free')::int AS free, place
      FROM json_array_elements(fresh) WITH ORDINALITY AS entries (f, place) WHERE (f->>'counts')::boolean
  ), counted AS (
    INSERT INTO "ByokMonth" AS m ("accountId", "month", "requests") SELECT account, month, COUNT(*) FROM own GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT ("accountId", "month") DO UPDATE SET "requests" = m."requests" + excluded."requests"
      RETURNING m."accountId", m."month", m."requests"
  ), numbered AS (
    SELECT own.id, own.account, own.free, c."requests" - COUNT(*) OVER (PARTITION BY own.account, own.month)
        + ROW_NUMBER() OVER (PARTITION BY own.account, own.month ORDER BY own.place) AS number
      FROM own JOIN counted c ON c."accountId" = own.account AND c."month" = own.month
  ) SELECT COALESCE(array_agg(id) FILTER (WHERE number <= free), '{}'), COALESCE(array_agg(account) FILTER (WHERE number = free), '{}')
      INTO free_ids, used_up FROM numbered;
  -- From here on there is a fee to be held back: every process must know.
  PERFORM pg_notify('signalbox', 'credentials:' || account) FROM unnest(used_up) AS account;

  SELECT json_agg(CASE WHEN e->>'generationId' = ANY (free_ids)
        THEN jsonb_set(jsonb_set(e::jsonb, '{amountNanoUsd}', to_jsonb((-COALESCE((e#>>'{byok,ownNanoUsd}')::bigint, 0))::text)), '{computation,waived}', 'true')::json ELSE e END ORDER BY place)
    INTO decided_entries FROM json_array_elements(p_entries) WITH ORDINALITY AS entries (e, place);
  SELECT json_agg(CASE WHEN g->>'id' = ANY (free_ids) THEN jsonb_set(g::jsonb, '{costNanoUsd}',
        to_jsonb((SELECT f->>'own' FROM json_array_elements(fresh) f WHERE f->>'id' = g->>'id')))::json ELSE g END ORDER BY place)
    INTO decided_generations FROM json_array_elements(p_generations) WITH ORDINALITY AS generations (g, place);

  PERFORM signalbox_settle(p_instance, p_ids, p_accounts, decided_generations, decided_entries);

  -- After the above, which has turned the key's counters to today.
  UPDATE "ApiKey" k SET
      "byokUsageNanoUsd" = k."byokUsageNanoUsd" + s.cost,
      "byokUsageDailyNanoUsd" = k."byokUsageDailyNanoUsd" + s.cost,
      "byokUsageWeeklyNanoUsd" = k."byokUsageWeeklyNanoUsd" + s.cost,
      "byokUsageMonthlyNanoUsd" = k."byokUsageMonthlyNanoUsd" + s.cost
    FROM (SELECT f->>'key' AS key, SUM((f->>'cost')::bigint) AS cost FROM json_array_elements(fresh) f GROUP BY 1) s
    WHERE k."hash" = s.key;
  UPDATE "ProviderCredential" c SET
      "requests" = c."requests" + s.requests,
      "upstreamCostNanoUsd" = c."upstreamCostNanoUsd" + s.cost,
      "feeNanoUsd" = c."feeNanoUsd" + s.fee,
      "lastUsedAt" = now()
    FROM (SELECT (f->>'credential')::uuid AS id, COUNT(*) AS requests, SUM((f->>'cost')::bigint) AS cost,
            COALESCE(SUM((f->>'fee')::bigint) FILTER (WHERE NOT f->>'id' = ANY (free_ids)), 0) AS fee
          FROM json_array_elements(fresh) f GROUP BY 1) s
    WHERE c."id" = s.id;

  RETURN QUERY SELECT "id", "balanceNanoUsd", NULL::text, NULL::bigint FROM "Account" WHERE "id" = ANY (p_accounts);
  RETURN QUERY SELECT "accountId", NULL::bigint, "generationId", -"amountNanoUsd" FROM "LedgerEntry"
    WHERE "generationId" = ANY (p_ids) AND "kind" = 'byok_fee';
END $$;
