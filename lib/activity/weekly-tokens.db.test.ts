import { afterEach, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { newUuid } from "@/lib/id";
import { forgetProcessState } from "@/lib/process-state";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { insertGeneration } from "@/lib/testing/insert-generation";
import { weeklyTokens } from "./weekly-tokens";

const NOW_MS = Date.parse("2026-11-21T12:00:00Z");
const MINUTE_MS = 60_000;

connectTestDatabase();

afterEach(async () => {
  forgetProcessState("weekly-tokens");
  await getPool().query('DELETE FROM "Generation"');
});

async function used(modelId: string, tokens: number, createdAt: string): Promise<void> {
  await insertGeneration(newUuid(), { modelId, promptTokens: tokens - 1, completionTokens: 1, createdAt });
}

test("counts what all accounts used of each model in the last seven days", async () => {
  await used("a/one", 100, "2026-11-21T11:00:00Z");
  await used("a/one", 50, "2026-11-14T12:00:01Z");
  await used("a/one", 1_000, "2026-11-14T11:59:59Z");
  await used("b/two", 7, "2026-11-20T00:00:00Z");

  expect(await weeklyTokens(NOW_MS)).toEqual(
    new Map([
      ["a/one", 150],
      ["b/two", 7],
    ]),
  );
});

test("gives the same figures for five minutes, then the old ones while it counts anew", async () => {
  await used("a/one", 100, "2026-11-21T11:00:00Z");
  await weeklyTokens(NOW_MS);
  await used("a/one", 100, "2026-11-21T11:30:00Z");

  expect((await weeklyTokens(NOW_MS + 4 * MINUTE_MS)).get("a/one")).toBe(100);
  expect((await weeklyTokens(NOW_MS + 6 * MINUTE_MS)).get("a/one")).toBe(100);
  await expect.poll(async () => (await weeklyTokens(NOW_MS + 6 * MINUTE_MS)).get("a/one")).toBe(200);
});
