import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, PHONE, test } from "./fixtures/test";

test("a visitor's own prompt is planned without being sent", PHONE, async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") asked.push(new URL(request.url()).pathname);
  });
  await page.goto("/");
  const tracks = page.getByRole("figure").filter({ hasText: "would be tried first" }).getByRole("listitem");
  await expect(tracks.first()).toContainText("Tried first");
  await expect(page.getByText("Nothing was sent to anybody.")).toBeVisible();
  await expectGoodPage(page);

  await page.getByLabel("Your prompt").fill("Why is the sky blue?");
  const model = page.getByLabel("Model", { exact: true });
  const other = await model.getByRole("option").nth(1).getAttribute("value");
  await model.selectOption(other);
  await expect(page.getByRole("figure").filter({ hasText: other ?? "" })).toBeVisible();
  expect([...new Set(asked)]).toEqual(["/api/internal/route-preview"]);
});

test("a preference moves the lines, and those left out say why", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Nobody may keep the prompt").check();
  await page.getByLabel("With a tool").check();
  await expect(page.getByText(/excluded/i).first()).toBeVisible();
  await expectGoodPage(page);
});

test("the preview is for pages of this site, and refuses what is no question", async ({ request, baseURL }) => {
  const question = {
    model: "openai/gpt-4o-mini",
    prompt: "Hi",
    sort: "balance",
    denyDataCollection: false,
    withTools: false,
  };
  const ask = (data: object, origin: string) =>
    request.post("/api/internal/route-preview", { headers: { origin }, data });
  expect((await ask(question, baseURL ?? "")).status()).toBe(200);
  expect((await ask(question, "https://evil.example")).status()).toBe(403);
  expect((await ask({ ...question, model: "no/such-model" }, baseURL ?? "")).status()).toBe(400);
  expect((await ask({ ...question, model: "@preset/mine" }, baseURL ?? "")).status()).toBe(400);
  expect((await ask({ ...question, sort: "best" }, baseURL ?? "")).status()).toBe(400);
  expect((await ask({ ...question, prompt: "x".repeat(20_001) }, baseURL ?? "")).status()).toBe(400);
});

test("the samples have the base URL of this installation", async ({ page, baseURL }) => {
  await page.goto("/");
  for (const tab of ["Python", "TypeScript", "OpenRouter SDK"]) {
    await page.getByRole("tab", { name: tab }).click();
    await expect(page.getByRole("tabpanel")).toContainText(`${baseURL}/api/v1`);
  }
  await page.keyboard.press("Home");
  await expect(page.getByRole("tab", { name: "curl" })).toBeFocused();
});
