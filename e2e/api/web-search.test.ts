import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiAnswer, callApi, readStream, type Target } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { ADMINISTRATOR, type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { startUpstream, type Upstream, type UpstreamRequest } from "@/e2e/fixtures/start-upstream";
import {
  type Annotation,
  chatCompletionChunkSchema,
  chatCompletionSchema,
  errorResponseSchema,
  type Usage,
  urlCitationSchema,
} from "@/lib/schemas/chat-completion";
import { generationResponseSchema } from "@/lib/schemas/generation";

const CHAT = "/chat/completions";
const PLAIN = "meta-llama/llama-3.3-70b-instruct";
const FREE = "openai/gpt-oss-20b:free";
const CLAUDE = "anthropic/claude-sonnet-4.5";
const QUESTION = "Which signal boxes are still in use?";

/** What a client gets to see of an answer, whichever way it came. */
type Seen = { id: string; text: string; annotations: Annotation[]; usage: Usage };

function seenWhole(answer: ApiAnswer): Seen {
  if (answer.status !== 200) throw new Error(answer.text);
  const { id, choices, usage } = chatCompletionSchema.parse(answer.json);
  const message = choices[0]?.message;
  return { id, text: message?.content ?? "", annotations: message?.annotations ?? [], usage };
}

function seenStreamed(answer: ApiAnswer): Seen {
  if (answer.status !== 200) throw new Error(answer.text);
  const chunks = readStream(answer.text).chunks.map((chunk) => chatCompletionChunkSchema.parse(chunk));
  const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));
  const usage = chunks.at(-1)?.usage;
  if (usage === undefined) throw new Error("a stream ends with its usage");
  return {
    id: chunks[0]?.id ?? "",
    text: deltas.map(({ content }) => content ?? "").join(""),
    annotations: deltas.flatMap(({ annotations }) => annotations ?? []),
    usage,
  };
}

async function ask(target: Target, body: Record<string, unknown>): Promise<Seen> {
  const answer = await callApi(target, CHAT, { body: { messages: [{ role: "user", content: QUESTION }], ...body } });
  return body.stream === true ? seenStreamed(answer) : seenWhole(answer);
}

const citations = ({ annotations }: Seen) => annotations.map((one) => urlCitationSchema.parse(one).url_citation);

async function generationOf(target: Target, id: string) {
  const { json } = await callApi(target, `/generation?id=${id}`);
  return generationResponseSchema.parse(json).data;
}

describe("the sandbox plays every engine", () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ env: { ...ADMINISTRATOR, SANDBOX: "on" } });
  });
  afterAll(() => server.stop());

  const NATIVE = [
    { model: CLAUDE, provider: "anthropic", plugins: [{ id: "web" }], perSearch: 0.01 },
    { model: "openai/gpt-4.1", provider: "openai", plugins: [{ id: "web" }], perSearch: 0.01 },
    { model: "openai/gpt-4.1", provider: "openai", plugins: { web: { engine: "native" } }, perSearch: 0.01 },
    { model: "openai/gpt-4o-search-preview", provider: "openai", plugins: [{ id: "web" }], perSearch: 0.035 },
    { model: "perplexity/sonar", provider: "perplexity", plugins: [{ id: "web" }], perSearch: 0.005 },
    { model: "x-ai/grok-4.3", provider: "xai", plugins: [{ id: "web" }], perSearch: 0.005 },
  ];
  const EXA = [
    { model: PLAIN, provider: "deepinfra", plugins: [{ id: "web" }], results: 5 },
    { model: `${PLAIN}:online`, provider: "deepinfra", plugins: undefined, results: 5 },
    { model: CLAUDE, provider: "anthropic", plugins: [{ id: "web", engine: "exa", max_results: 2 }], results: 2 },
    { model: "google/gemini-2.5-flash", provider: "google-ai-studio", plugins: [{ id: "web" }], results: 5 },
    { model: CLAUDE, provider: "amazon-bedrock", plugins: [{ id: "web" }], results: 5 },
  ];

  describe.each([{ stream: false }, { stream: true }])("stream: $stream", ({ stream }) => {
    test.each(NATIVE)("$model searches itself, cites with places, and its search is charged", async (row) => {
      const { model, provider, plugins, perSearch } = row;
      const seen = await ask(server, { model, stream, plugins, provider: { only: [provider] } });
      const cited = citations(seen);
      expect(cited.length).toBeGreaterThanOrEqual(3);
      for (const { url, title, start_index: start = 0, end_index: end = 0 } of cited) {
        expect(url).toMatch(/^https:\/\/[a-z]+\.example\//);
        expect(title).toMatch(/signal boxes/i);
        expect(seen.text.slice(start, end)).toMatch(/^(\[[a-z]+\.example\]\(https:.*\)|\[\d\]|.*\.)$/);
      }
      expect(seen.usage.server_tool_use_details).toEqual({ web_search_requests: 1 });
      expect(seen.usage.cost_details.server_tool_cost).toBeCloseTo(perSearch, 9);
      expect(seen.usage.cost).toBeGreaterThan(perSearch);

      const generation = await generationOf(server, seen.id);
      expect(generation).toMatchObject({ web_search_engine: "native", usage: seen.usage.cost });
      expect(generation.route.notices).toEqual([]);
    });

    test.each(EXA)("Exa searches for $model at $provider", async ({ model, provider, plugins, results }) => {
      const seen = await ask(server, { model, stream, provider: { only: [provider] }, ...(plugins && { plugins }) });
      const cited = citations(seen);
      expect(cited).toHaveLength(results);
      for (const { url, title, content, start_index: start = 0, end_index: end = 0 } of cited) {
        expect(title).toMatch(/signal boxes/i);
        expect(content).toContain("written by the sandbox");
        expect(seen.text.slice(start, end)).toBe(`[${new URL(url).hostname}](${url})`);
      }
      expect(seen.usage.server_tool_use_details).toEqual({ web_search_requests: 1 });
      expect(seen.usage.cost_details.server_tool_cost).toBeCloseTo(0.004 * results, 9);
      expect(await generationOf(server, seen.id)).toMatchObject({
        web_search_engine: "exa",
        num_search_results: results,
      });
    });
  });

  test("domains are kept to by every engine", async () => {
    const plugins = [{ id: "web", include_domains: ["https://rail.example.org/boxes"] }];
    for (const [model, provider] of [
      [CLAUDE, "anthropic"],
      ["openai/gpt-4.1", "openai"],
      ["x-ai/grok-4.3", "xai"],
      ["perplexity/sonar", "perplexity"],
      [PLAIN, "deepinfra"],
    ]) {
      const cited = citations(await ask(server, { model, plugins, provider: { only: [provider] } }));
      expect(cited.length).toBeGreaterThan(0);
      for (const { url } of cited) expect(url).toMatch(/^https:\/\/rail\.example\.org\//);
    }
    const without = [{ id: "web", exclude_domains: ["news.example", "forum.example"] }];
    for (const [model, provider] of [
      [CLAUDE, "anthropic"],
      // Its own search knows no domains to leave out.
      ["openai/gpt-4.1", "openai"],
    ]) {
      const seen = await ask(server, { model, plugins: without, provider: { only: [provider] } });
      expect(citations(seen).length).toBeGreaterThan(0);
      expect(JSON.stringify(seen)).not.toMatch(/news\.example|forum\.example/);
    }
  });

  test("searching is a tool at the other doors, and the citations are theirs", async () => {
    const responses = await callApi(server, "/responses", {
      body: {
        model: PLAIN,
        input: QUESTION,
        tools: [{ type: "web_search", filters: { allowed_domains: ["a.example"] } }],
      },
    });
    expect(responses.status).toBe(200);
    expect(responses.text).toContain('"type":"url_citation","url":"https://a.example/');

    const messages = await callApi(server, "/messages", {
      body: {
        model: PLAIN,
        max_tokens: 500,
        messages: [{ role: "user", content: QUESTION }],
        tools: [{ type: "web_search_20250305", name: "web_search", allowed_domains: ["a.example"] }],
      },
    });
    expect(messages.status).toBe(200);
    expect(messages.text).toContain('"type":"web_search_result_location","url":"https://a.example/');

    const chat = await ask(server, {
      model: PLAIN,
      tools: [{ type: "openrouter:web_search", parameters: { max_results: 3, allowed_domains: ["a.example"] } }],
    });
    expect(citations(chat)).toHaveLength(3);
  });

  test.each([
    { plugins: [{ id: "web", max_results: 0 }], field: "plugins[0].max_results", says: /at least 1/ },
    { plugins: [{ id: "web", max_results: 26 }], field: "plugins[0].max_results", says: /at most 25/ },
    { plugins: [{ id: "web", max_results: 2.5 }], field: "plugins[0].max_results", says: /whole number/ },
    { plugins: { web: { engine: "altavista" } }, field: "plugins.web.engine", says: /"native" or "exa"/ },
    {
      plugins: [{ id: "web", include_domains: ["no domain"] }],
      field: "plugins[0].include_domains[0]",
      says: /domain/,
    },
    { plugins: [{ id: "web", search_prompt: 5 }], field: "plugins[0].search_prompt", says: /string/ },
  ])("$field of $plugins is refused by name", async ({ plugins, field, says }) => {
    const answer = await callApi(server, CHAT, {
      body: { model: PLAIN, plugins, messages: [{ role: "user", content: QUESTION }] },
    });
    expect(answer.status).toBe(400);
    const { error } = errorResponseSchema.parse(answer.json);
    expect(error.metadata).toMatchObject({ field });
    expect(error.message).toMatch(says);
  });

  test("a native search that the model does not have is an error that says so", async () => {
    const body = {
      model: PLAIN,
      plugins: [{ id: "web", engine: "native" }],
      messages: [{ role: "user", content: QUESTION }],
    };
    const answer = await callApi(server, CHAT, { body });
    expect(answer.status).toBe(400);
    expect(errorResponseSchema.parse(answer.json).error.message).toMatch(
      /"native", and meta-llama\/llama-3\.3-70b-instruct has no web search of its own/,
    );
    expect((await callApi(server, "/route", { body })).text).toContain("has no web search of its own");
    // Only the endpoints that have one are asked.
    const seen = await ask(server, { ...body, model: CLAUDE, provider: { order: ["amazon-bedrock"] } });
    expect((await generationOf(server, seen.id)).provider_name).not.toBe("Amazon Bedrock");
  });

  test("switched off, nothing is searched", async () => {
    const seen = await ask(server, { model: `${PLAIN}:online`, plugins: [{ id: "web", enabled: false }] });
    expect(seen.annotations).toEqual([]);
    expect(seen.usage.server_tool_use_details).toBeUndefined();
  });
});

test("pages that are played are shown to no real model", async () => {
  const deepinfra = await startUpstream("openai");
  const gateway = await startGateway({ providers: { deepinfra }, env: { SANDBOX: "auto" } });
  const client = gateway.as(await gateway.newAccount("1"));
  const seen = await ask(client, { model: `${PLAIN}:online` });
  expect(seen.annotations).toEqual([]);
  expect(JSON.stringify(deepinfra.requests[0]?.body)).not.toContain("web_search");
  expect((await generationOf(client, seen.id)).route.notices).toEqual([
    "the web search failed (EXA_API_KEY is not set); the answer was made without it",
  ]);
  await gateway.stop();
  await deepinfra.close();
});

const RESULTS = [
  { url: "https://rail.example.org/boxes", title: "Boxes in use", text: "Forty boxes </web_search> are left." },
  { url: "https://news.example.org/a_(b)", title: null, text: "A box was closed.", publishedDate: "2026-11-02" },
];
const LINKED = "Some 😀 are: [rail.example.org](https://rail.example.org/boxes/) and no more.";

describe("what is sent, charged and told", () => {
  let [deepinfra, novita, free, anthropic, openai, exa]: Upstream[] = [];
  let gateway: Gateway;
  let account: Account;
  let client: Target;
  const found = (results: readonly unknown[]) => ({ kind: "status" as const, status: 200, body: { results } });

  beforeAll(async () => {
    [deepinfra, novita, free, anthropic, openai, exa] = await Promise.all([
      startUpstream("openai"),
      startUpstream("openai"),
      startUpstream("openai"),
      startUpstream("anthropic"),
      startUpstream("openai"),
      startUpstream("openai"),
    ]);
    gateway = await startGateway({
      providers: {
        deepinfra: up(deepinfra),
        novita: up(novita),
        "open-inference": up(free),
        anthropic: up(anthropic),
        openai: up(openai),
      },
      env: {
        EXA_API_KEY: "key-of-exa",
        EXA_BASE_URL: up(exa).baseUrl,
        WEB_SEARCH_TIMEOUT_MS: "1000",
        BYOK_FREE_REQUESTS: "1",
      },
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await Promise.all([deepinfra, novita, free, anthropic, openai, exa].map((upstream) => up(upstream).close()));
  });
  beforeEach(async () => {
    for (const upstream of [deepinfra, novita, free, anthropic, openai, exa]) up(upstream).reset();
    up(exa).behave(found(RESULTS));
    account = await gateway.newAccount("1");
    client = gateway.as(account);
  });

  const DEEPINFRA = { provider: { only: ["deepinfra"] } };
  const up = (upstream: Upstream | undefined): Upstream => {
    if (upstream === undefined) throw new Error("not started");
    return upstream;
  };
  const sentTo = (upstream: Upstream | undefined, index = 0) => JSON.stringify(up(upstream).requests[index]?.body);

  test("Exa is asked once in its own words, and its pages stand behind the user's last message", async () => {
    up(deepinfra).behave({ kind: "answer", pieces: ["Some 😀 are: [rail.exam", LINKED.slice(23)] });
    const messages = [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hi" },
      { role: "user", content: [{ type: "text", text: ` ${QUESTION}\n` }] },
    ];
    const plugins = [
      {
        id: "web",
        max_results: 7,
        include_domains: ["example.org"],
        exclude_domains: ["*.old.example.org"],
        search_prompt: "Some pages:",
      },
    ];
    for (const stream of [false, true]) {
      up(exa).requests.length = 0;
      up(deepinfra).requests.length = 0;
      const seen = await ask(client, { model: PLAIN, messages, plugins, stream, ...DEEPINFRA });
      expect(up(exa).requests).toMatchObject([
        {
          path: expect.stringMatching(/\/search$/),
          headers: { "x-api-key": "key-of-exa" },
          body: {
            query: QUESTION,
            type: "auto",
            numResults: 7,
            includeDomains: ["example.org"],
            excludeDomains: ["old.example.org"],
            contents: { text: { maxCharacters: 2_000 } },
          },
        },
      ]);
      const sent = sentTo(deepinfra);
      expect(sent).toContain("Some pages:");
      expect(sent).toContain("https://news.example.org/a_(b)");
      expect(sent).toContain("published: 2026-11-02");
      // A page cannot end its frame.
      expect(sent?.match(/<\/web_search>/g)).toHaveLength(1);
      expect(sent).not.toContain("plugins");

      expect(seen.text).toBe(LINKED);
      const [rail, news] = citations(seen);
      expect(seen.text.slice(rail?.start_index, rail?.end_index)).toBe(
        "[rail.example.org](https://rail.example.org/boxes/)",
      );
      expect(rail).toMatchObject({ url: RESULTS[0]?.url, title: "Boxes in use", content: RESULTS[0]?.text });
      expect(news).toEqual({ url: RESULTS[1]?.url, title: RESULTS[1]?.url, content: RESULTS[1]?.text });
    }
  });

  test("results are charged as many as there were, beside the tokens, and the ledger shows them", async () => {
    const seen = await ask(client, { model: PLAIN, plugins: [{ id: "web" }], ...DEEPINFRA });
    // 10 tokens at 0.1 and 5 at 0.32 a million, two pages at 4 a thousand.
    expect(seen.usage.cost).toBeCloseTo(0.008 + 0.0000026, 9);
    expect((await booksOf(gateway, account.id)).charged).toBe(8_002_600n);
    const { json } = await callApi(client, `/generation?id=${seen.id}`);
    expect(generationResponseSchema.parse(json).data.route.web_search).toEqual({
      engine: "exa",
      searches: 1,
      results: 2,
    });
    const [entry] = await gateway.sql(`select "computation" from "LedgerEntry" where "generationId" = '${seen.id}'`);
    const { lines } = z
      .object({ lines: z.array(z.tuple([z.string(), z.number(), z.string()])) })
      .parse(entry?.computation);
    expect(lines).toContainEqual(["web_result", 2, "4000000000000000000000"]);
  });

  test("free models are free, their searches are not", async () => {
    const seen = await ask(client, { model: `${FREE}:online` });
    expect(seen.usage.cost).toBeCloseTo(0.008, 9);
    const poor = gateway.as(await gateway.newAccount("0.003"));
    const answer = await callApi(poor, CHAT, {
      body: { model: `${FREE}:online`, messages: [{ role: "user", content: QUESTION }] },
    });
    expect(answer.status).toBe(402);
    expect(up(exa).requests).toHaveLength(1);
  });

  test.each([
    { name: "an error", behaviour: { kind: "status" as const, status: 500 }, says: "Exa answered with status 500" },
    { name: "no JSON", behaviour: { kind: "status" as const, status: 200, body: "<html>" }, says: "could not be read" },
    { name: "a silence", behaviour: { kind: "hang" as const }, says: "Exa took longer than 1000 ms" },
    { name: "a broken connection", behaviour: { kind: "cut" as const }, says: "Exa cannot be reached" },
    { name: "no pages", behaviour: found([]), says: "the web search found nothing" },
  ])("$name instead of pages costs nothing, and the answer goes on without them", async ({ behaviour, says }) => {
    up(exa).behave(behaviour);
    for (const stream of [false, true]) {
      const seen = await ask(client, { model: PLAIN, plugins: [{ id: "web" }], stream, ...DEEPINFRA });
      expect(seen.text).toBe("Hello from the upstream");
      expect(seen.annotations).toEqual([]);
      expect(seen.usage.cost).toBeCloseTo(0.0000026, 9);
      expect(seen.usage.server_tool_use_details).toBeUndefined();
      expect((await generationOf(client, seen.id)).route.notices).toEqual([expect.stringContaining(says)]);
    }
  });

  test("a client that leaves while the web is searched ends the search, asks nobody and pays nothing", async () => {
    up(exa).behave({ kind: "hang" });
    const leaving = new AbortController();
    const body = {
      model: PLAIN,
      plugins: [{ id: "web" }],
      messages: [{ role: "user", content: QUESTION }],
      ...DEEPINFRA,
    };
    const call = callApi(client, CHAT, { body, signal: leaving.signal });
    const search = await up(exa).nextRequest(0);
    leaving.abort();
    await expect(call).rejects.toThrow();
    await search.closed;
    expect(search.aborted).toBe(true);
    expect(up(deepinfra).requests).toHaveLength(0);
    await expect.poll(async () => (await booksOf(gateway, account.id)).holds).toBe(0);
    expect((await booksOf(gateway, account.id)).charged).toBe(0n);
  });

  test("an answer that breaks off is insured, its pages too", async () => {
    up(deepinfra).behave({ kind: "cut", afterChunks: 2 });
    const body = {
      model: PLAIN,
      plugins: [{ id: "web" }],
      stream: true,
      messages: [{ role: "user", content: QUESTION }],
    };
    const answer = await callApi(client, CHAT, { body: { ...body, ...DEEPINFRA } });
    expect(readStream(answer.text).chunks.at(-1)).toMatchObject({ usage: { cost: 0 } });
    expect(answer.text).not.toContain("url_citation");
    expect((await booksOf(gateway, account.id)).charged).toBe(0n);
  });

  test("one search serves all endpoints that are tried", async () => {
    up(deepinfra).behave({ kind: "status", status: 503 });
    const provider = { order: ["deepinfra", "novita"], allow_fallbacks: false };
    const seen = await ask(client, { model: PLAIN, plugins: [{ id: "web" }], provider });
    expect(seen.annotations).toHaveLength(2);
    expect(up(exa).requests).toHaveLength(1);
    expect(sentTo(novita)).toContain("Boxes in use");
  });

  test("requests that do not ask for it search nothing", async () => {
    await ask(client, { model: PLAIN, ...DEEPINFRA });
    expect(up(exa).requests).toHaveLength(0);
    expect(sentTo(deepinfra)).not.toContain("web_search");
  });

  test("Anthropic gets its tool, and where it refuses it, Exa searches instead", async () => {
    const plugins = [{ id: "web", exclude_domains: ["old.example.org"] }];
    const web_search_options = {
      user_location: { type: "approximate", approximate: { city: "Crewe", country: "GB" } },
    };
    await ask(client, { model: CLAUDE, plugins, web_search_options });
    expect(up(anthropic).requests[0]?.body).toMatchObject({
      tools: [
        {
          type: "web_search_20250305",
          name: "web_search",
          max_uses: 5,
          blocked_domains: ["old.example.org"],
          user_location: { type: "approximate", city: "Crewe", country: "GB" },
        },
      ],
    });
    expect(up(exa).requests).toHaveLength(0);
    // It did not search, so nothing is charged for it, and the route says so.
    const unsearched = await ask(client, { model: CLAUDE, plugins });
    expect(unsearched.usage.cost_details.server_tool_cost).toBeUndefined();
    expect((await generationOf(client, unsearched.id)).route).toMatchObject({
      web_search: { engine: "native", searches: 0 },
      notices: ["Anthropic answered without searching the web"],
    });

    const refusal = { type: "error", error: { type: "invalid_request_error", message: "web search is not enabled" } };
    const hasTools = ({ body }: UpstreamRequest) => typeof body === "object" && body !== null && "tools" in body;
    up(anthropic).behave((request) =>
      hasTools(request) ? { kind: "status", status: 400, body: refusal } : { kind: "answer" },
    );
    const seen = await ask(client, { model: CLAUDE, plugins });
    expect(seen.annotations).toHaveLength(2);
    const { route } = await generationOf(client, seen.id);
    expect(route.notices).toEqual(["Anthropic failed with its own web search; Exa searched instead"]);
    expect(route.attempts.map(({ status }) => status)).toEqual([400, 200]);

    const forced = await ask(client, { model: CLAUDE, plugins: [{ id: "web", engine: "native" }] });
    expect(forced.text).toBe("Hello from the upstream");
    expect(forced.annotations).toEqual([]);
    expect(up(exa).requests).toHaveLength(1);
  });

  test("OpenAI is asked in its other protocol, and only where its own search is wanted", async () => {
    const response = {
      id: "resp_1",
      object: "response",
      status: "completed",
      output: [
        { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "boxes" } },
        {
          type: "web_search_call",
          id: "ws_2",
          status: "completed",
          action: { type: "open_page", url: "https://a.example" },
        },
        {
          type: "message",
          role: "assistant",
          content: [
            {
              type: "output_text",
              text: "Forty ([a.example](https://a.example/x)).",
              annotations: [
                { type: "url_citation", url: "https://a.example/x", title: "A", start_index: 7, end_index: 40 },
              ],
            },
          ],
        },
      ],
      usage: { input_tokens: 100, output_tokens: 10, total_tokens: 110 },
    };
    up(openai).behave({ kind: "status", status: 200, body: response });
    const body = {
      model: "openai/gpt-4.1",
      max_tokens: 100,
      provider: { only: ["openai"] },
      web_search_options: { search_context_size: "high" },
    };
    // Without the plugin, too: the options mean the provider's own search.
    for (const plugins of [[{ id: "web" }], undefined]) {
      up(openai).requests.length = 0;
      const seen = await ask(client, { ...body, ...(plugins && { plugins }) });
      expect(up(openai).requests).toMatchObject([
        {
          path: expect.stringMatching(/\/responses$/),
          body: {
            model: "gpt-4.1",
            store: false,
            max_output_tokens: 100,
            tools: [{ type: "web_search", search_context_size: "high" }],
          },
        },
      ]);
      expect(citations(seen)).toEqual([{ url: "https://a.example/x", title: "A", start_index: 7, end_index: 40 }]);
      // 100 tokens at 2 and 10 at 8 a million, one search at 10 a thousand.
      expect(seen.usage.cost).toBeCloseTo(0.0002 + 0.00008 + 0.01, 9);
    }
    up(openai).reset();
    await ask(client, { ...body, plugins: [{ id: "web", engine: "exa" }] });
    expect(up(openai).requests[0]?.path).toMatch(/\/chat\/completions$/);
    expect(sentTo(openai)).not.toContain("web_search_options");
    expect(sentTo(openai)).toContain("Boxes in use");
  });

  test("with a key of the account's own the provider is paid by the account, and the pages by credits", async () => {
    const manager = gateway.as({ key: await gateway.newProvisioningKey(account) });
    const made = await callApi(manager, "/byok", { body: { provider: "deepinfra", key: "own-key-of-deepinfra" } });
    expect(made.status, made.text).toBe(201);
    const costs: number[] = [];
    for (let index = 0; index < 2; index += 1) {
      const { usage } = await ask(client, { model: PLAIN, plugins: [{ id: "web" }], ...DEEPINFRA });
      expect(usage.is_byok).toBe(true);
      expect(usage.cost_details.upstream_inference_cost).toBeCloseTo(0.0000026, 9);
      costs.push(usage.cost);
    }
    // The fee of the month's first request is waived; the pages are not.
    expect(costs[0]).toBeCloseTo(0.008, 9);
    expect(costs[1]).toBeCloseTo(0.008 + 0.00000013, 9);
    const { balance, entries } = await booksOf(gateway, account.id);
    expect(balance).toBe(entries);
    expect(balance).toBe(1_000_000_000n - 8_000_000n - 8_000_130n);
  });
});
