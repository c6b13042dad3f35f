import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, PHONE, test } from "./fixtures/test";

const KEY = /^sk-or-v1-[0-9a-f]{64}$/;

test.beforeEach(async ({ person: _signedIn, keysPage }) => {
  await keysPage.open();
});

test("a new key is shown once and works at once", PHONE, async ({ page, request, keysPage }) => {
  await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
  await expectGoodPage(page);

  const secret = await keysPage.create({ name: "Nightly build" });
  expect(secret).toMatch(KEY);
  await expect(keysPage.rows).toHaveCount(1);
  await expect(keysPage.rows).toContainText("Nightly build");

  const current = await request.get("/api/v1/key", { headers: { authorization: `Bearer ${secret}` } });
  expect(current.status()).toBe(200);

  await page.reload();
  await expect(keysPage.rows).toContainText(secret.slice(-3));
  expect(await page.content()).not.toContain(secret);
  await expectGoodPage(page);
});

test("a revoked key stops working within a second", async ({ request, keysPage }) => {
  const secret = await keysPage.create({ name: "Leaked" });
  const statusOf = async () =>
    (await request.get("/api/v1/key", { headers: { authorization: `Bearer ${secret}` } })).status();
  expect(await statusOf()).toBe(200);

  await keysPage.revoke("Leaked");
  await expect(keysPage.rows).toHaveCount(0);
  await expect.poll(statusOf, { timeout: 1_000, intervals: [50] }).toBe(401);
});

test("keeping a key after all leaves it as it was", PHONE, async ({ page, keysPage }) => {
  await keysPage.create({ name: "Keeper" });
  await page.getByRole("button", { name: "Revoke Keeper" }).click();
  await expectGoodPage(page);
  await page.keyboard.press("Escape");
  await expect(keysPage.dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Revoke Keeper" })).toBeFocused();
  await expect(keysPage.rows).toHaveCount(1);
});

test("a key has the limit and the last day that were asked for", async ({ keysPage }) => {
  await keysPage.create({ name: "Limited", limit: "2.50", resets: "monthly", lastDay: "2199-12-31" });
  await expect(keysPage.rows).toContainText("$2.50 a month, $2.50 left");
  await expect(keysPage.rows).toContainText("until 31 Dec 2199");
});

test("what is wrong with a key is said next to the field", PHONE, async ({ page, keysPage }) => {
  await keysPage.openForm();
  await keysPage.fillForm({ name: "", limit: "five", lastDay: "2001-01-01" });
  await expect(keysPage.dialog.getByLabel("Name")).toHaveAccessibleDescription("must not be empty");
  await expect(keysPage.dialog.getByLabel("Credit limit")).toHaveAccessibleDescription(/must be an amount in USD/);
  await expect(keysPage.dialog.getByLabel("Last day")).toHaveAccessibleDescription("must not be in the past");
  await expectGoodPage(page);
});

test("the secret stays until it is said to be saved", PHONE, async ({ page, keysPage }) => {
  await keysPage.openForm();
  await keysPage.fillForm({ name: "Careful" });
  await expect(keysPage.secret).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await expect(keysPage.secret).toHaveValue(KEY);
  await expectGoodPage(page);
});

test("a page of another site cannot make or revoke keys", async ({ page }) => {
  for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }, {}]) {
    const made = await page.request.post("/api/internal/keys", { headers, data: { name: "Planted" } });
    expect(made.status()).toBe(403);
  }
});

test("somebody else's key looks like one that does not exist", async ({ page, stranger, baseURL, keysPage }) => {
  await keysPage.create({ name: "Mine" });
  const listed = await page.request.get("/api/internal/keys");
  const [{ hash }] = (await listed.json()).data;

  const headers = { origin: baseURL ?? "" };
  const refused = await stranger.request.delete(`/api/internal/keys/${hash}`, { headers });
  const missing = await stranger.request.delete(`/api/internal/keys/${"0".repeat(64)}`, { headers });
  expect(refused.status()).toBe(404);
  expect(await refused.json()).toEqual(await missing.json());

  await page.reload();
  await expect(keysPage.rows).toHaveCount(1);
});

test("without a session there are no keys to see", async ({ request }) => {
  expect((await request.get("/api/internal/keys")).status()).toBe(401);
});
