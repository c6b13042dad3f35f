import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, PHONE, test } from "./fixtures/test";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const clipboard = () => navigator.clipboard.readText();

test("a model's page has its names, figures, providers, route, samples and parameters", PHONE, async ({ page }) => {
  expect((await page.goto("/openai/gpt-oss-120b"))?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1, name: "OpenAI: gpt-oss-120b" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Created");
  await expectGoodPage(page);

  const providers = page.getByRole("table", { name: "Providers of openai/gpt-oss-120b" });
  const { data } = await (await page.request.get("/api/v1/models/openai/gpt-oss-120b/endpoints")).json();
  await expect(providers.getByRole("rowheader")).toHaveCount(data.endpoints.length);
  const turbo = providers.getByRole("row").filter({ hasText: "deepinfra/turbo" });
  await expect(turbo).toContainText("/M");
  await expect(turbo).toContainText("tok");
  await expect(turbo).toContainText("ZDR");

  await expect(page.locator("#route")).toContainText("would be tried first");
  await expect(page.getByRole("table", { name: "Parameters" })).toContainText("temperature");
});

test("ids, slugs and samples are copied", async ({ page }) => {
  await page.goto("/openai/gpt-oss-120b");
  await page.getByRole("button", { name: "Copy the id" }).click();
  expect(await page.evaluate(clipboard)).toBe("openai/gpt-oss-120b");
  await page.getByRole("button", { name: "Copy deepinfra/turbo" }).click();
  expect(await page.evaluate(clipboard)).toBe("deepinfra/turbo");

  const api = page.locator("#api");
  for (const client of ["openai-python", "Python", "TypeScript", "OpenAI TS", "@openrouter/sdk", "curl"]) {
    await api.getByRole("tab", { name: client, exact: true }).click();
    await api.getByRole("button", { name: "Copy" }).click();
    const code = await page.evaluate(clipboard);
    expect(code).toContain(`${new URL(page.url()).origin}/api/v1`);
    expect(code).toContain("openai/gpt-oss-120b");
    await expect(api.getByRole("tabpanel")).toContainText(code.split("\n")[0] ?? "");
  }
});

test("providers are sorted by what a heading names, and what is not known comes last", async ({ page }) => {
  await page.goto("/openai/gpt-oss-120b");
  const heading = page.getByRole("columnheader", { name: "Output", exact: true });
  const prices = () =>
    page
      .getByRole("table", { name: /^Providers of/ })
      .locator("td[data-label=Output]")
      .allTextContents();
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  const cheapestFirst = (await prices()).map((price) => Number.parseFloat(price.slice(1)));
  expect(cheapestFirst).toEqual(cheapestFirst.toSorted((a, b) => a - b));
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  expect((await prices()).map((price) => Number.parseFloat(price.slice(1)))).toEqual(cheapestFirst.toReversed());
});

test("what an offer takes and charges besides opens and closes with the keyboard", async ({ page }) => {
  await page.goto("/openai/gpt-oss-120b");
  const details = page.getByRole("button", { name: /parameters.* of Groq/ });
  await details.focus();
  await page.keyboard.press("Enter");
  const popover = page.getByRole("dialog", { name: "Parameters and other prices of Groq" });
  await expect(popover).toContainText("temperature");
  await page.keyboard.press("Escape");
  await expect(popover).toBeHidden();
  await expect(details).toBeFocused();
});

test("a model that was used shows how fast it was", async ({ page, person: _signedIn, keysPage }) => {
  await keysPage.open();
  const headers = { authorization: `Bearer ${await keysPage.create({ name: "Speed" })}` };
  const model = "mistralai/mistral-small-2603";
  const cells = (label: string) => page.locator(`td[data-label^=${label}]`);
  const data = { model, max_tokens: 30, messages: [{ role: "user", content: "Hi" }] };
  for (let turn = 0; turn < 3; turn += 1) {
    expect((await page.request.post("/api/v1/chat/completions", { headers, data })).status()).toBe(200);
  }
  await expect(async () => {
    await page.goto(`/${model}`);
    await expect(
      cells("Latency")
        .filter({ hasText: /\d (ms|s)/ })
        .first(),
    ).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await expect(cells("Throughput").filter({ hasText: "tok/s" }).first()).toBeVisible();
  await expect(cells("Uptime").filter({ hasText: "100 %" }).first()).toBeVisible();
  await expect(page.getByRole("img", { name: "Uptime by hour: 100 % on average" }).first()).toBeVisible();
});

for (const [path, heading] of [
  ["/openai/gpt-oss-20b:free", "OpenAI: gpt-oss-20b (free)"],
  ["/openai/gpt-oss-20b%3Afree", "OpenAI: gpt-oss-20b (free)"],
  ["/anthropic/claude-haiku-4.5:nitro", "Anthropic: Claude Haiku 4.5"],
  ["/~anthropic/claude-sonnet-latest", "Anthropic Claude Sonnet Latest"],
] as const) {
  test(`${path} is a page`, async ({ page }) => {
    expect((await page.goto(path))?.status()).toBe(200);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expect(page.getByRole("code").first()).toHaveText(decodeURIComponent(path).slice(1));
    await expectGoodPage(page);
  });
}

for (const [path, target] of [
  ["/anthropic/claude-haiku-4-5-20251001", "/anthropic/claude-haiku-4.5"],
  ["/Anthropic/Claude-Haiku-4.5", "/anthropic/claude-haiku-4.5"],
  ["/models/anthropic/claude-haiku-4.5", "/anthropic/claude-haiku-4.5"],
  ["/models/openai/gpt-oss-20b:free", "/openai/gpt-oss-20b:free"],
  ["/anthropic/claude-haiku-4.5/api", "/anthropic/claude-haiku-4.5#api"],
  ["/anthropic/claude-haiku-4.5/uptime", "/anthropic/claude-haiku-4.5#providers"],
  ["/anthropic", "/models?model_authors=anthropic"],
  ["/provider", "/providers"],
  ["/provider/DeepInfra", "/provider/deepinfra"],
] as const) {
  test(`${path} leads to ${target}`, async ({ page }) => {
    await page.goto(path);
    await expect(page).toHaveURL(target);
  });
}

for (const path of [
  "/nobody/nothing",
  "/openai/gpt-4o:sideways",
  "/openai/gpt-4o/sideways",
  "/models/nobody/nothing",
  "/models/%2F/example.com",
  "/nobody",
  "/provider/nobody",
]) {
  test(`${path} is not found`, async ({ page }) => {
    expect((await page.goto(path))?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: "There is nothing at this address" })).toBeVisible();
  });
}

test("the auto router shows the models that it chooses from", async ({ page }) => {
  await page.goto("/openrouter/auto");
  const pool = page.getByRole("table", { name: "Models it chooses from" });
  await expect(pool.getByRole("rowheader").first()).toBeVisible();
  await expect(page.getByRole("main")).toContainText("varies");
  await expectGoodPage(page);
  const first = pool.getByRole("link").first();
  const href = await first.getAttribute("href");
  await first.click();
  await expect(page).toHaveURL(href ?? "");
});

for (const path of ["/openai/text-embedding-3-small", "/black-forest-labs/flux.2-pro", "/anthropic/claude-2.1"]) {
  test(`${path}, which is none of the usual, has a good page`, async ({ page }) => {
    expect((await page.goto(path))?.status()).toBe(200);
    await expectGoodPage(page);
  });
}

test("a provider's page has its models, its policy and its links", PHONE, async ({ page }) => {
  test.slow();
  await page.goto("/provider/deepinfra");
  await expect(page.getByRole("heading", { level: 1, name: "DeepInfra" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Keeps nothing of what is sent");
  await expect(page.getByRole("link", { name: "Status page" })).toHaveAttribute("href", /^https:/);
  await expectGoodPage(page);
  const models = page.getByRole("table", { name: "Models at DeepInfra" }).getByRole("rowheader");
  await models.getByRole("link").first().click();
  await expect(page.getByRole("table", { name: /^Providers of/ })).toContainText("DeepInfra");
});

test("all providers are listed", async ({ page }) => {
  await page.goto("/providers");
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Groq", exact: true }).click();
  await expect(page).toHaveURL("/provider/groq");
});

// The tests above look at pages on a phone and on a wide screen.
for (const width of [768]) {
  test(`pages of models and providers are no wider than ${width} px`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 900 });
    for (const path of ["/meta-llama/llama-3.3-70b-instruct", "/provider/amazon-bedrock"]) {
      await page.goto(path);
      await expectGoodPage(page);
    }
  });
}
