import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { callApi } from "@/e2e/fixtures/call-api";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { publicPlanSchema } from "@/lib/schemas/public-plan";
import { routerMetadataSchema } from "@/lib/schemas/router-metadata";
import { seededRandom } from "@/lib/testing/plan";

const BODIES = 1_000;
const AT_ONCE = 50;
const RANDOM = fileURLToPath(new URL("../fixtures/constant-random.mjs", import.meta.url));

const answerSchema = z.object({ openrouter_metadata: routerMetadataSchema });
const refusalSchema = z.object({ error: z.object({ code: z.int(), message: z.string() }) });

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ env: { SANDBOX: "on", NODE_OPTIONS: `--import=${RANDOM}` } });
});

afterAll(() => server.stop());

// What is measured of the requests on their way must not move the plan: nothing is sorted by speed, and each prompt is
// one of its own, so that no conversation stays with the endpoint of another.
test(`${BODIES} random bodies go where their dry run said, or are refused as it said`, {
  timeout: 120_000,
}, async () => {
  const bodies = await randomBodies();
  const plans = await mapAtOnce(bodies, async (body) => {
    const { json } = await callApi(server, "/route", { body });
    return z.object({ data: publicPlanSchema }).parse(json).data;
  });
  const differences: unknown[] = [];
  let served = 0;
  await mapAtOnce(bodies, async (body, index) => {
    const headers = { "x-openrouter-metadata": "enabled" };
    const { status, json } = await callApi(server, "/chat/completions", { body, headers });
    const plan = plans[index];
    if (status === 200) {
      const [first] = answerSchema.parse(json).openrouter_metadata.attempts;
      const { model, provider } = plan?.selected ?? {};
      served += 1;
      if (first?.model !== model || first?.provider !== provider) differences.push({ body, first, model, provider });
    } else {
      const { code, message } = refusalSchema.parse(json).error;
      if (code !== plan?.error?.code || message !== plan.error.message) differences.push({ body, json, plan });
    }
  });
  expect(differences).toEqual([]);
  // Neither kind is rare, so that each of them has been tried.
  expect(served).toBeGreaterThan(BODIES / 2);
  expect(BODIES - served).toBeGreaterThan(BODIES / 20);
});

/** Chat requests of every kind of preference that does not depend on what was measured. */
async function randomBodies(): Promise<Record<string, unknown>[]> {
  const listed = z
    .object({
      data: z.array(z.object({ id: z.string(), architecture: z.object({ output_modalities: z.array(z.string()) }) })),
    })
    .parse((await callApi(server, "/models")).json);
  const models = listed.data
    .filter(
      ({ id, architecture }) => architecture.output_modalities.join() === "text" && !/^openrouter\/|:free$/.test(id),
    )
    .map(({ id }) => id);
  const providers = z
    .object({ data: z.array(z.object({ slug: z.string() })) })
    .parse((await callApi(server, "/providers")).json)
    .data.map(({ slug }) => slug);

  const random = seededRandom(20_261_121);
  const chance = (share: number) => random() < share;
  const oneOf = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)];
    if (found === undefined) throw new Error("nothing to choose from");
    return found;
  };
  const some = (count: number) => Array.from({ length: 1 + Math.floor(random() * count) }, () => oneOf(providers));
  const preferences = () => ({
    ...(chance(0.3) && {
      order: [...some(4), "openai", "anthropic", "deepinfra"].slice(-1 - Math.floor(random() * 6)),
    }),
    ...(chance(0.05) && { only: some(30) }),
    ...(chance(0.3) && { ignore: some(20) }),
    ...(chance(0.2) && { allow_fallbacks: false }),
    ...(chance(0.2) && { data_collection: "deny" }),
    ...(chance(0.1) && { zdr: true }),
    ...(chance(0.1) && { quantizations: ["fp8", "bf16", "unknown"] }),
    ...(chance(0.1) && { require_parameters: true }),
    ...(chance(0.2) && { max_price: { prompt: oneOf([0.1, 1, 5]), completion: oneOf([2, "10", 30]) } }),
    ...(chance(0.2) && {
      sort: oneOf(["price", { by: "price", partition: "none" }, { by: "price", partition: "model" }]),
    }),
  });
  return Array.from({ length: BODIES }, (_, number) => ({
    model: oneOf(models) + (chance(0.1) ? ":floor" : ""),
    ...(chance(0.3) && { models: [oneOf(models), oneOf(models)] }),
    messages: [{ role: "user", content: `Question ${number}: ${"why ".repeat(Math.floor(random() * 40))}` }],
    max_tokens: 1 + Math.floor(random() * 16),
    ...(chance(0.3) && { temperature: 0.5 }),
    ...(chance(0.1) && { logit_bias: { "50256": -100 } }),
    ...(chance(0.1) && { response_format: { type: "json_object" } }),
    ...(chance(0.2) && { tools: [{ type: "function", function: { name: "look", parameters: { type: "object" } } }] }),
    provider: preferences(),
  }));
}

async function mapAtOnce<T, R>(items: readonly T[], call: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await call(item, index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
