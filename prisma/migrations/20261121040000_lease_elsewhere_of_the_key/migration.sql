-- When a key's limit is what is short, only what is set aside for that key can help: asking for the credit of the
-- account's other keys made every refusal wait for it in vain.
CREATE OR REPLACE FUNCTION signalbox_extend_lease(
  p_instance int, p_account uuid, p_key text, p_wanted bigint, p_ahead bigint,
  OUT granted bigint, OUT account_available bigint, OUT key_available bigint, OUT leased_elsewhere bigint, OUT balance bigint
) LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  available bigint;
  key_elsewhere bigint;
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
    SELECT signalbox_key_remaining(key_row, today) - COALESCE(SUM("amountNanoUsd"), 0),
           COALESCE(SUM("amountNanoUsd") FILTER (WHERE "instanceId" <> p_instance), 0)
      INTO key_available, key_elsewhere FROM "Lease" WHERE "apiKeyHash" = p_key;
    IF key_available < account_available THEN
      available := key_available;
      leased_elsewhere := key_elsewhere;
    END IF;
  END IF;
  granted := GREATEST(0, LEAST(p_wanted, available));
  -- Ahead only while the rest is large: what is leased here is missing elsewhere.
  IF granted = p_wanted AND available - p_wanted > 3 * p_ahead THEN
    granted := granted + p_ahead;
  END IF;
  IF granted > 0 THEN
    INSERT INTO "Lease" ("instanceId", "accountId", "apiKeyHash", "amountNanoUsd") VALUES (p_instance, p_account, p_key, granted)
      ON CONFLICT ("instanceId", "accountId", "apiKeyHash") DO UPDATE SET "amountNanoUsd" = "Lease"."amountNanoUsd" + excluded."amountNanoUsd";
  END IF;
END $$;
