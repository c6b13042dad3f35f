import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi } from "@/e2e/fixtures/call-api";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import {
  type PublicModel,
  publicEndpointListSchema,
  publicModelListSchema,
  publicModelSchema,
  publicProviderSchema,
} from "@/lib/schemas/public-catalog";

let server: RunningServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server.stop());

async function list(query = ""): Promise<z.infer<typeof publicModelListSchema>> {
  const { status, text, json } = await callApi(server, `/models${query}`, { key: null });
  expect(status, text).toBe(200);
  return publicModelListSchema.parse(json);
}

const idsOf = (models: readonly PublicModel[]) => models.map(({ id }) => id);

describe("GET /models", () => {
  test("lists at least 400 models to everybody, each once", async () => {
    const { data, total_count } = await list();

    expect(data.length).toBeGreaterThanOrEqual(400);
    expect(total_count).toBe(data.length);
    expect(new Set(idsOf(data)).size).toBe(data.length);
  });

  test("has static variants as models of their own, aliases, and the routers' own entries", async () => {
    const { data } = await list();

    expect(idsOf(data)).toEqual(
      expect.arrayContaining(["openai/gpt-oss-20b:free", "openrouter/auto", "openrouter/bodybuilder"]),
    );
    const free = data.find(({ id }) => id === "openai/gpt-oss-20b:free");
    expect(free?.pricing).toMatchObject({ prompt: "0", completion: "0" });
    const auto = data.find(({ id }) => id === "openrouter/auto");
    expect(auto?.pricing.prompt).toBe("-1");
  });

  test("gives pages that together are the whole list", async () => {
    const whole = await list();
    const pages: PublicModel[] = [];
    let path: string | null = "/api/v1/models?limit=100&offset=0";
    while (path !== null) {
      const page = await list(path.slice("/api/v1/models".length));
      expect(page.total_count).toBe(whole.total_count);
      pages.push(...page.data);
      path = page.links.next;
    }

    expect(idsOf(pages)).toEqual(idsOf(whole.data));
  });

  test.each([
    { query: "?q=haiku", fits: (model: PublicModel) => /haiku/i.test(`${model.id} ${model.name}`) },
    {
      query: "?supported_parameters=tools",
      fits: (model: PublicModel) => model.supported_parameters.includes("tools"),
    },
    {
      query: "?supported_parameters=tools,reasoning",
      fits: ({ supported_parameters: some }: PublicModel) => some.includes("tools") && some.includes("reasoning"),
    },
    {
      query: "?input_modalities=image",
      fits: (model: PublicModel) => model.architecture.input_modalities.includes("image"),
    },
    {
      query: "?output_modalities=image",
      fits: (model: PublicModel) => model.architecture.output_modalities.includes("image"),
    },
  ])("$query leaves the models that fit, and /models/count counts them", async ({ query, fits }) => {
    const all = (await list()).data;
    const { data } = await list(query);

    expect(idsOf(data)).toEqual(idsOf(all.filter(fits)));
    expect(data.length).toBeGreaterThan(0);
    expect(data.length).toBeLessThan(all.length);
    const { json } = await callApi(server, `/models/count${query}`);
    expect(json).toEqual({ data: { count: data.length } });
  });

  test.each(["limit=0", "limit=1001", "limit=ten", "offset=-1", "offset=1.5"])("refuses %s", async (query) => {
    const { status, json } = await callApi(server, `/models?${query}`);

    expect(status).toBe(400);
    expect(json).toMatchObject({ error: { metadata: { field: query.split("=")[0] } } });
  });

  test("has details at an address that works, for a sample of every kind", async () => {
    const { data } = await list();
    const sample = data.filter(({ id }, index) => index % 40 === 0 || id.includes(":"));

    for (const { id, links } of sample) {
      const { status, json } = await callApi(server, links.details.replace(/^\/api\/v1/, ""));
      expect(status, links.details).toBe(200);
      expect(json, id).toMatchObject({ data: { endpoints: expect.any(Array) } });
    }
  });
});

describe("GET /models/{author}/{slug}/endpoints", () => {
  const endpointsOf = async (path: string) => {
    const { status, text, json } = await callApi(server, `/models/${path}/endpoints`, { key: null });
    expect(status, text).toBe(200);
    return z.object({ data: publicEndpointListSchema }).parse(json).data;
  };

  test("lists what providers offer, each under a tag of its own", async () => {
    const { id, endpoints } = await endpointsOf("openai/gpt-4o-mini");

    expect(id).toBe("openai/gpt-4o-mini");
    const tags = endpoints.map(({ tag }) => tag);
    expect(tags).toContain("openai");
    expect(new Set(tags).size).toBe(tags.length);
    for (const endpoint of endpoints) expect(endpoint.model_id).toBe(id);
  });

  test.each([
    { path: "openai/gpt-oss-20b:free", id: "openai/gpt-oss-20b:free" },
    { path: "openai/gpt-oss-20b%3Afree", id: "openai/gpt-oss-20b:free" },
    { path: "openai/gpt%2D4o%2Dmini", id: "openai/gpt-4o-mini" },
    { path: "anthropic/claude-haiku-4-5-20251001", id: "anthropic/claude-haiku-4.5" },
    { path: "anthropic/claude-haiku-4-5", id: "anthropic/claude-haiku-4.5" },
  ])("finds $id as $path", async ({ path, id }) => {
    expect((await endpointsOf(path)).id).toBe(id);
  });

  test("finds the alias qwen/qwen3.5-plus", async () => {
    expect((await endpointsOf("qwen/qwen3.5-plus")).endpoints.length).toBeGreaterThan(0);
  });

  test.each(["nobody/nothing", "openai/gpt-4o-mini:nonsense", "openai/%2E%2E", "openai/gpt-4o-mini%00"])(
    "does not find %s: 404",
    async (path) => {
      expect((await callApi(server, `/models/${path}/endpoints`)).status).toBe(404);
    },
  );

  test("together hold at least 900 endpoints", async () => {
    const { data } = await list();
    const lists = await Promise.all(data.map(({ id }) => endpointsOf(id)));

    expect(lists.reduce((sum, { endpoints }) => sum + endpoints.length, 0)).toBeGreaterThanOrEqual(900);
  });
});

test("GET /model/{author}/{slug} gives the model of the list", async () => {
  const listed = (await list()).data.find(({ id }) => id === "openai/gpt-4o-mini");
  const { json } = await callApi(server, "/model/openai/gpt-4o-mini", { key: null });

  expect(z.object({ data: publicModelSchema }).parse(json).data).toEqual(listed);
});

test("GET /providers lists at least 90 providers, and every endpoint's is one of them", async () => {
  const { json } = await callApi(server, "/providers", { key: null });
  const { data } = z.object({ data: z.array(publicProviderSchema) }).parse(json);

  expect(data.length).toBeGreaterThanOrEqual(90);
  expect(new Set(data.map(({ slug }) => slug)).size).toBe(data.length);
  const names = data.map(({ name }) => name);
  const endpoints = await callApi(server, "/models/meta-llama/llama-3.3-70b-instruct/endpoints");
  for (const endpoint of z.object({ data: publicEndpointListSchema }).parse(endpoints.json).data.endpoints) {
    expect(names).toContain(endpoint.provider_name);
  }
});
