import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, PHONE, test } from "./fixtures/test";

test.beforeEach(({ person: _signedIn }) => {});

const requestOf = (url: string) => new URL(url).searchParams.get("request");

test("the page comes with its plan, and is good in both views", PHONE, async ({ page }) => {
  await page.goto("/route");
  const plan = page.getByRole("region", { name: "The plan" });
  await expect(plan.getByRole("figure")).toContainText("Tried first");
  await expect(plan).toContainText("$");
  await expectGoodPage(page);
  await page.getByRole("tab", { name: "JSON" }).click();
  await expect(page.getByLabel("Request body")).toHaveValue(/"max_tokens": 500/);
  await expectGoodPage(page);
});

test("both views edit one request, which is in the address, and back undoes a step", async ({ page }) => {
  await page.goto("/route");
  await page.getByLabel("Order of providers").selectOption("price");
  await expect(page).toHaveURL(/sort~:~price/);
  await page.getByLabel("Zero data retention").check();
  await expect(page).toHaveURL(/zdr/);
  await page.getByRole("tab", { name: "JSON" }).click();
  const editor = page.getByLabel("Request body");
  await expect(editor).toHaveValue(/"sort": "price",\s+"zdr": true/);

  await page.goBack();
  await expect(editor).not.toHaveValue(/zdr/);
  await expect(editor).toHaveValue(/"sort": "price"/);

  await editor.fill(
    '{"model": "openai/gpt-4o-mini", "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 7}',
  );
  await expect(page).toHaveURL(/max_tokens~:7/);
  await page.getByRole("tab", { name: "Form" }).click();
  await expect(page.getByLabel("Longest answer")).toHaveValue("7");
  await expect(page.getByLabel("Prompt", { exact: true })).toHaveValue("Hi");
  await expect(page.getByRole("figure").filter({ hasText: "openai/gpt-4o-mini" })).toBeVisible();

  const address = page.url();
  await page.goto("/route");
  await page.goto(address);
  await expect(page.getByLabel("Longest answer")).toHaveValue("7");
  expect(requestOf(page.url())).toBe(requestOf(address));
});

test("what is wrong is named with its line, and the last plan stays", async ({ page }) => {
  await page.goto("/route");
  await page.getByRole("tab", { name: "JSON" }).click();
  const editor = page.getByLabel("Request body");
  await editor.fill(
    '{\n  "model": "openai/gpt-4o-mini",\n  "messages": [{"role": "user", "content": "Hi"}],\n  "top_p": 3\n}',
  );
  const problems = page.getByRole("list", { name: "Problems" }).getByRole("button");
  await expect(problems).toHaveText(["Line 4: top_p must be at most 1"]);
  await expect(page.getByRole("figure")).toBeVisible();
  await expectGoodPage(page);
  await problems.click();
  await expect(editor).toBeFocused();

  await editor.fill('{\n  "model": "openai/gpt-4o-mini"\n  "messages": []\n}');
  await expect(problems).toHaveText([/Line 3: column 3: a comma or "}" must be here/]);
  await page.getByRole("tab", { name: "Form" }).click();
  await page.getByRole("button", { name: "Mend it in the JSON" }).click();
  await editor.fill('{\n  "messages": [{"role": "user", "content": "Hi"}],\n  "model": "no/such-model"\n}');
  await expect(problems).toHaveText([/Line 3: .*no\/such-model/]);
  await expect(page.getByRole("figure")).toBeVisible();
});

test("a fix lets an endpoint in at a click", async ({ page }) => {
  await page.goto("/route");
  await page.getByLabel("Deny data collection").check();
  const fixes = page.getByRole("button", { name: /in: set provider\.data_collection to "allow"/ });
  await expect(page.getByRole("figure")).toContainText(/excluded/i);
  const fold = page
    .getByRole("figure")
    .locator("summary")
    .filter({ hasText: /excluded/ });
  for (const summary of await fold.all()) await summary.click();
  await fixes.first().click();
  await expect(fixes).toHaveCount(0);
  await expect(page.getByLabel("Deny data collection")).not.toBeChecked();
});

test("a request that nobody may serve says why", async ({ page }) => {
  await page.goto("/route");
  await page.getByLabel("Most for input").fill("0.0000001");
  await page.getByLabel("Most for output").fill("0.0000001");
  const plan = page.getByRole("region", { name: "The plan" });
  await expect(plan.getByRole("status").filter({ hasText: "No endpoints found" })).toBeVisible();
  await expect(plan).toContainText("Nobody may serve it");
  await expectGoodPage(page);
});

test("sent for real, the chat asks just what was dry-run", async ({ page }) => {
  const body = {
    model: "openai/gpt-4o-mini",
    messages: [
      { role: "system", content: "Answer in one word." },
      { role: "user", content: "Which gauge?" },
      { role: "assistant", content: "Standard." },
      { role: "user", content: "And in Spain?" },
    ],
    max_tokens: 60,
    temperature: 0.5,
    provider: { order: ["azure"], allow_fallbacks: false },
  };
  await page.goto("/route");
  await page.getByRole("tab", { name: "JSON" }).click();
  await page.getByLabel("Request body").fill(JSON.stringify(body));
  await page.getByRole("button", { name: "Send it for real" }).click();
  await expect(page).toHaveURL(/\/chat\?room=/);
  await expect(page.getByText("Nothing has been sent yet")).toBeVisible();
  await expect(page.getByText("Standard.")).toBeVisible();

  const sent = page.waitForRequest((request) => request.url().endsWith("/chat/completions"));
  const retry = page.getByRole("button", { name: "Try again" }).last();
  await retry.click();
  expect((await sent).postDataJSON()).toMatchObject(body);
  await expect(page.getByText("Nothing has been sent yet")).toHaveCount(0);
});

test("what the chat has no place for is named, and the command sends it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/route");
  await page.getByLabel("Prompt", { exact: true }).fill("Hi there");
  await expect(page.getByRole("button", { name: "Send it for real" })).toBeVisible();
  await page.getByRole("tab", { name: "JSON" }).click();
  const body = {
    model: "openai/gpt-4o-mini",
    messages: [{ role: "user", content: "Hi" }],
    stop: ["END"],
    logprobs: true,
  };
  await page.getByLabel("Request body").fill(JSON.stringify(body));
  await expect(page.getByText("The chat has no place for stop and logprobs")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send it for real" })).toHaveCount(0);
  await expectGoodPage(page);
  await page.getByRole("button", { name: "Copy as curl" }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain(JSON.stringify(body, null, 2));
});

test("the plan of a request is for pages of this site and whoever is signed in", async ({ page, request, baseURL }) => {
  const data = { model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Hi" }] };
  const ask = (origin: string, who = page.request) => who.post("/api/internal/dry-run", { headers: { origin }, data });
  expect((await ask(baseURL ?? "")).status()).toBe(200);
  expect((await ask("https://evil.example")).status()).toBe(403);
  expect((await ask(baseURL ?? "", request)).status()).toBe(401);
});
