import { expectGoodPage } from "./fixtures/expect-good-page";
import { signInAdministrator } from "./fixtures/sign-in-administrator";
import { expect, PHONE, test } from "./fixtures/test";

/** Offered by one provider, which offers nothing that other specs ask for. */
const LONELY_MODEL = "ai21/jamba-large-1.7";

test.describe("for anybody else", () => {
  test("there is no lab", async ({ page, person: _signedIn, baseURL }) => {
    const answer = await page.goto("/lab");
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
    expect((await page.request.get("/api/internal/lab/faults")).status()).toBe(404);
    expect((await page.request.get("/api/internal/lab/requests")).status()).toBe(404);
    const turned = await page.request.put("/api/internal/lab/faults", { headers: { origin: baseURL ?? "" }, data: {} });
    expect(turned.status()).toBe(404);
  });

  test("nor for a visitor", async ({ request }) => {
    expect((await request.get("/lab")).status()).toBe(404);
    expect((await request.get("/api/internal/lab/faults")).status()).toBe(401);
  });
});

test("the lab is good as it comes, and with faults", PHONE, async ({ page }) => {
  await signInAdministrator(page);
  await page.goto("/lab");
  await expect(page.getByRole("slider", { name: "Latency" })).toBeVisible();
  await expectGoodPage(page);
});

// The board is one for the whole server, and other specs use it too: a provider of its own is disturbed, and healed.
test("what is turned is kept, strikes requests and is healed", async ({ page, baseURL }) => {
  await signInAdministrator(page);
  const { data } = await (await page.request.get(`/api/v1/models/${LONELY_MODEL}/endpoints`)).json();
  const [{ provider_name: name, tag }] = data.endpoints;
  const slug = tag.split("/")[0];
  await page.goto("/lab");
  await page.getByLabel("Provider", { exact: true }).click();
  await page.getByPlaceholder("Type to search").fill(slug);
  await page.getByRole("listbox").getByRole("option").first().click();

  await page.getByRole("slider", { name: "Errors" }).focus();
  await page.keyboard.press("End");
  const disturbed = page.getByRole("table", { name: "Providers that are disturbed" });
  await expect(disturbed.getByRole("row").filter({ hasText: name })).toContainText("503 always");
  // The page shows it at once; to outlive the page it must have been written down.
  const written = page.waitForResponse((response) => response.request().postData()?.includes("429") === true);
  await page.getByLabel("Error status").selectOption("429");
  await expect(disturbed).toContainText("429 always");
  await written;
  await page.reload();
  await expect(disturbed).toContainText("429 always");
  await expectGoodPage(page);

  const board = await (await page.request.get("/api/internal/lab/faults")).json();
  expect(board[slug]).toEqual({ error: { status: 429, probability: 1 } });
  const answer = await page.request.post("/api/v1/chat/completions", {
    headers: { origin: baseURL ?? "" },
    data: { model: LONELY_MODEL, provider: { only: [slug] }, messages: [{ role: "user", content: "Hi" }] },
  });
  expect(answer.status()).toBe(429);
  await expect(page.getByRole("table", { name: "Your last requests, newest first" })).toContainText("429");

  await page.getByRole("button", { name: `Heal ${name}` }).click();
  await expect(disturbed.getByRole("row").filter({ hasText: name })).toHaveCount(0);
});

test("test requests pass the pipeline, and are counted by where they went", async ({ page }) => {
  test.slow();
  await signInAdministrator(page);
  await page.goto("/lab");
  await page.getByRole("button", { name: "Send 10" }).click();
  await expect(page.getByRole("status").filter({ hasText: /^10 of 10 answered:/ })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole("table", { name: "Where the test requests went" }).getByRole("row")).not.toHaveCount(1);
  const live = page.getByRole("table", { name: "Your last requests, newest first" });
  await expect(live.getByRole("row").filter({ hasText: "served" }).first()).toContainText("sandbox");
  await expectGoodPage(page);
});
