-- CreateTable
CREATE TABLE "FreeModelUse" (
    "accountId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "dayUsed" INTEGER NOT NULL,
    "minuteStart" TIMESTAMPTZ(3) NOT NULL,
    "minuteUsed" INTEGER NOT NULL,

    CONSTRAINT "FreeModelUse_pkey" PRIMARY KEY ("accountId")
);

-- Prisma cannot say what follows.

-- Free requests of a day are counted from the sums of the day, and admitted by the function below.
DROP INDEX "Generation_free_idx";

-- What an account has bought decides about its limit: purchases are few among its entries.
CREATE INDEX "LedgerEntry_purchase_idx" ON "LedgerEntry" ("accountId") INCLUDE ("amountNanoUsd") WHERE "kind" = 'purchase';

-- Lets one process make up to `p_wanted` requests to free models, as far as the account has not used up what it may in a
-- minute and on a UTC day. A minute begins with the first request after the one before. Counters of a day that is over
-- begin anew; an account that has none yet begins with what its records say of today.
CREATE FUNCTION signalbox_take_free_requests(
  p_account uuid, p_wanted int, p_per_minute int, p_per_day int, p_per_day_of_buyers int, p_buyer_nano bigint,
  OUT granted int, OUT day_limit int, OUT day_left int, OUT "minuteStart" timestamptz, OUT "day" date,
  OUT minute_left_ms int, OUT day_left_ms int
) LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  moment timestamptz;
  today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  bought bigint;
  counted "FreeModelUse";
BEGIN
  SELECT * INTO counted FROM "FreeModelUse" u WHERE u."accountId" = p_account FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO "FreeModelUse" AS u
      SELECT p_account, today, COALESCE(SUM(d."requests"), 0), clock_timestamp(), 0 FROM "ActivityDay" d
        WHERE d."accountId" = p_account AND d."day" = today AND d."modelId" LIKE '%:free'
      ON CONFLICT ("accountId") DO UPDATE SET "dayUsed" = u."dayUsed" RETURNING * INTO counted;
  END IF;
  -- Only now: others may have held the row over the end of a minute or of a day.
  moment := clock_timestamp();
  today := (moment AT TIME ZONE 'UTC')::date;
  IF counted."day" <> today THEN
    counted."day" := today;
    counted."dayUsed" := 0;
  END IF;
  IF counted."minuteStart" + interval '1 minute' <= moment THEN
    counted."minuteStart" := date_trunc('milliseconds', moment);
    counted."minuteUsed" := 0;
  END IF;
  SELECT COALESCE(SUM(e."amountNanoUsd"), 0) INTO bought FROM "LedgerEntry" e WHERE e."accountId" = p_account AND e."kind" = 'purchase';
  day_limit := CASE WHEN bought >= p_buyer_nano THEN p_per_day_of_buyers ELSE p_per_day END;
  granted := GREATEST(0, LEAST(p_wanted, p_per_minute - counted."minuteUsed", day_limit - counted."dayUsed"));
  UPDATE "FreeModelUse" u SET "day" = counted."day", "dayUsed" = counted."dayUsed" + granted,
      "minuteStart" = counted."minuteStart", "minuteUsed" = counted."minuteUsed" + granted
    WHERE u."accountId" = p_account;
  "minuteStart" := counted."minuteStart";
  "day" := counted."day";
  day_left := GREATEST(0, day_limit - counted."dayUsed" - granted);
  minute_left_ms := CEIL(EXTRACT(epoch FROM counted."minuteStart" + interval '1 minute' - moment) * 1000);
  day_left_ms := CEIL(EXTRACT(epoch FROM ((today + 1)::timestamp AT TIME ZONE 'UTC') - moment) * 1000);
END $$;

-- Takes back requests that were granted and not made. Those of a minute or a day that is over have gone with it.
CREATE FUNCTION signalbox_return_free_requests(p_account uuid, p_count int, p_minute timestamptz, p_day date) RETURNS void
LANGUAGE sql AS $$
  UPDATE "FreeModelUse" SET
      "dayUsed" = CASE WHEN "day" = p_day THEN GREATEST(0, "dayUsed" - p_count) ELSE "dayUsed" END,
      "minuteUsed" = CASE WHEN "minuteStart" = p_minute THEN GREATEST(0, "minuteUsed" - p_count) ELSE "minuteUsed" END
    WHERE "accountId" = p_account
$$;
