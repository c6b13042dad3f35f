import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callApi } from "@/e2e/fixtures/call-api";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { type PublicModel, publicModelListSchema } from "@/lib/schemas/public-catalog";

let server: RunningServer;
let all: PublicModel[];

beforeAll(async () => {
  server = await startServer();
  all = await list("");
});

afterAll(() => server.stop());

async function list(query: string): Promise<PublicModel[]> {
  const { status, text, json } = await callApi(server, `/models${query}`, { key: null });
  expect(status, text).toBe(200);
  return publicModelListSchema.parse(json).data;
}

const perMillion = ({ pricing }: PublicModel) => Number(pricing.prompt) * 1_000_000;
const idsOf = (models: readonly PublicModel[]) => models.map(({ id }) => id);

describe("filters of GET /models", () => {
  test.each<{ query: string; fits: (model: PublicModel) => boolean }>([
    { query: "?model_authors=anthropic,openai", fits: ({ id }) => /^~?(anthropic|openai)\//.test(id) },
    { query: "?arch=Claude", fits: ({ architecture }) => architecture.tokenizer === "Claude" },
    { query: "?context=1000000", fits: ({ context_length: tokens }) => tokens >= 1_000_000 },
    { query: "?min_price=1&max_price=2.5", fits: (model) => perMillion(model) >= 1 && perMillion(model) <= 2.5 },
    {
      query: "?min_output_price=50",
      fits: ({ pricing }) => Number(pricing.completion) * 1_000_000 >= 49.999_999,
    },
    { query: "?max_age_days=200", fits: ({ created }) => created > Date.now() / 1_000 - 200 * 86_400 },
    {
      query: "?supported_parameters=tools&output_modalities=image",
      fits: ({ supported_parameters: some, architecture }) =>
        some.includes("tools") && architecture.output_modalities.includes("image"),
    },
  ])("$query leaves the models that fit, and /models/count counts them", async ({ query, fits }) => {
    const expected = idsOf(all.filter(fits));
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(all.length);
    expect(idsOf(await list(query))).toEqual(expected);
    expect((await callApi(server, `/models/count${query}`)).json).toEqual({ data: { count: expected.length } });
  });

  test("max_price=0 leaves what is free, and nothing that is charged by the picture", async () => {
    const ids = idsOf(await list("?max_price=0"));
    expect(ids).toContain("openai/gpt-oss-20b:free");
    expect(ids).not.toContain("black-forest-labs/flux.2-pro");
    expect(ids).not.toContain("openrouter/auto");
  });

  test.each(["?providers=deepinfra", "?providers=DeepInfra"])("%s leaves what DeepInfra serves", async (query) => {
    const ids = idsOf(await list(query));
    expect(ids).toContain("openai/gpt-oss-120b");
    expect(ids).not.toContain("anthropic/claude-haiku-4.5");
  });

  test.each([
    "programming",
    "roleplay",
    "marketing",
    "marketing/seo",
    "technology",
    "science",
    "translation",
    "legal",
    "finance",
    "health",
    "trivia",
    "academia",
  ])("category=%s has models, and never all of them", async (category) => {
    const { length } = await list(`?category=${encodeURIComponent(category)}`);
    expect(length).toBeGreaterThan(3);
    expect(length).toBeLessThan(50);
  });

  test.each(["?zdr=true", "?distillable=true", "?distillable=false", "?region=eu", "?region=us"])(
    "%s leaves some",
    async (query) => {
      const { length } = await list(query);
      expect(length).toBeGreaterThan(0);
      expect(length).toBeLessThan(all.length);
    },
  );

  test.each(["min_intelligence_index=1", "max_coding_index=100", "min_agentic_index=0", "min_tool_success_rate=0.5"])(
    "%s leaves nothing where nobody measured it",
    async (query) => expect(await list(`?${query}`)).toEqual([]),
  );

  test.each([
    "category=cooking",
    "sort=best",
    "context=0",
    "context=1.5",
    "min_price=-1",
    "max_price=cheap",
    "distillable=maybe",
    "zdr=perhaps",
    "region=mars",
    "max_age_days=1.5",
    "min_tool_success_rate=2",
  ])("refuses %s and names the parameter", async (query) => {
    const { status, json } = await callApi(server, `/models?${query}`);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: { code: 400, metadata: { field: query.split("=")[0] } } });
  });
});

describe("orders of GET /models", () => {
  test("are those that sort names, what is not known last", async () => {
    const cheap = await list("?sort=pricing-low-to-high");
    const known = cheap.filter(({ pricing }) => pricing.prompt !== "-1" && pricing.image_output === undefined);
    expect(known.map(perMillion)).toEqual(known.map(perMillion).toSorted((a, b) => a - b));
    expect(cheap.at(-1)?.pricing.prompt === "-1" || cheap.at(-1)?.pricing.image_output !== undefined).toBe(true);

    const long = await list("?sort=context-high-to-low&limit=5&offset=0");
    const lengths = all.map(({ context_length: tokens }) => tokens).toSorted((a, b) => b - a);
    expect(long.map(({ context_length: tokens }) => tokens)).toEqual(lengths.slice(0, 5));
  });

  test("top-weekly begins with what was used most, most-popular too", async () => {
    const used = await startServer({ env: { SANDBOX: "on" } });
    try {
      const body = { model: "qwen/qwen3-coder", max_tokens: 20, messages: [{ role: "user", content: "Hi" }] };
      const answer = await callApi(used, "/chat/completions", { body });
      expect(answer.status, answer.text).toBe(200);
      for (const sort of ["top-weekly", "most-popular"]) {
        const { json } = await callApi(used, `/models?sort=${sort}&limit=1`);
        expect(publicModelListSchema.parse(json).data[0]?.id).toBe("qwen/qwen3-coder");
      }
    } finally {
      await used.stop();
    }
  });

  test("leave the set of models as it is", async () => {
    for (const sort of ["newest", "throughput-high-to-low", "latency-low-to-high", "design-arena-elo-high-to-low"]) {
      expect(idsOf(await list(`?sort=${sort}`)).sort()).toEqual(idsOf(all).sort());
    }
  });
});

describe("GET /models?use_rss=true", () => {
  test("is a feed of the newest models whose links lead to their pages", async () => {
    const { status, headers, text } = await callApi(server, "/models?use_rss=true&supported_parameters=tools", {
      headers: { "x-forwarded-host": "models.example", "x-forwarded-proto": "https" },
    });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/rss+xml; charset=utf-8");
    const links = [...text.matchAll(/<item>.*?<link>(.*?)<\/link>/gs)].map(([, link]) => link);
    const expected = all.filter(({ supported_parameters: some }) => some.includes("tools"));
    expect(links).toEqual(
      idsOf(expected)
        .slice(0, 100)
        .map((id) => `https://models.example/${id}`),
    );
    const dates = [...text.matchAll(/<pubDate>(.*?)<\/pubDate>/g)].map(([, date]) => Date.parse(date ?? ""));
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
    expect(text).toContain(
      '<atom:link href="https://models.example/api/v1/models?use_rss=true&amp;supported_parameters=tools" rel="self"',
    );
  });

  test("can link to the chatroom", async () => {
    const { text } = await callApi(server, "/models?use_rss=true&use_rss_chat_links=true&limit=3");
    expect(text.match(/<link>http:\/\/[^<]+\/chat\?models=[^<]+<\/link>/g)).toHaveLength(3);
  });

  test("refuses what the list refuses", async () => {
    expect((await callApi(server, "/models?use_rss=true&category=cooking")).status).toBe(400);
  });
});
