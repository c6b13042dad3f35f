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

test("a deleted key stops working within a second, and works again when that is undone", async ({
  page,
  request,
  keysPage,
}) => {
  const secret = await keysPage.create({ name: "Leaked" });
  const statusOf = async () =>
    (await request.get("/api/v1/key", { headers: { authorization: `Bearer ${secret}` } })).status();
  expect(await statusOf()).toBe(200);

  await keysPage.delete("Leaked");
  await expect(keysPage.rows).toHaveCount(0);
  await expect.poll(statusOf, { timeout: 1_000, intervals: [50] }).toBe(401);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(keysPage.rows).toHaveCount(1);
  await expect.poll(statusOf, { timeout: 1_000, intervals: [50] }).toBe(200);
});

test("a disabled key is refused until it is enabled", async ({ page, request, keysPage }) => {
  const secret = await keysPage.create({ name: "On and off" });
  const statusOf = async () =>
    (await request.get("/api/v1/key", { headers: { authorization: `Bearer ${secret}` } })).status();

  await keysPage.choose("On and off", "Disable");
  await expect(keysPage.rows).toContainText("disabled");
  await expect.poll(statusOf, { timeout: 2_000, intervals: [50] }).toBe(401);
  await page.reload();
  await expect(keysPage.rows).toContainText("disabled");
  await keysPage.choose("On and off", "Enable");
  await expect(keysPage.rows).not.toContainText("disabled");
  await expect.poll(statusOf, { timeout: 2_000, intervals: [50] }).toBe(200);
});

test("keeping a key after all leaves it as it was", async ({ page, keysPage }) => {
  await keysPage.create({ name: "Keeper" });
  await keysPage.choose("Keeper", "Delete");
  await expectGoodPage(page);
  await page.keyboard.press("Escape");
  await expect(keysPage.dialog).toBeHidden();
  await expect(keysPage.rows).toHaveCount(1);
});

test("a key has the limit and the last day that were asked for", async ({ keysPage }) => {
  await keysPage.create({ name: "Limited", limit: "2.50", resets: "monthly", lastDay: "2199-12-31" });
  await expect(keysPage.rows).toContainText("$0 of $2.50 this month");
  await expect(keysPage.rows).toContainText("until 31 Dec 2199");
});

test("a key is changed, and only what was touched", async ({ page, keysPage }) => {
  await keysPage.create({ name: "Before", limit: "2.50", resets: "weekly" });
  await keysPage.choose("Before", "Edit");
  await expect(keysPage.dialog.getByLabel("Name")).toHaveValue("Before");
  await expect(keysPage.dialog.getByLabel("Credit limit")).toHaveValue("2.5");
  await expectGoodPage(page);
  const sent = page.waitForRequest((request) => request.method() === "PATCH");
  await keysPage.dialog.getByLabel("Name").fill("After");
  await keysPage.dialog.getByRole("button", { name: "Save changes" }).click();
  expect((await sent).postDataJSON()).toEqual({ name: "After" });
  await expect(keysPage.rows).toContainText("After");
  await expect(keysPage.rows).toContainText("$0 of $2.50 this week");
});

test("all that is known of a key has an address of its own", PHONE, async ({ page, keysPage }) => {
  await keysPage.create({ name: "Known", limit: "2.50", resets: "daily" });
  await page.getByRole("button", { name: "Known", exact: true }).click();
  await expect(keysPage.panel).toContainText("$0 of $2.50 today");
  await expect(keysPage.panel.getByRole("switch", { name: "Enabled" })).toBeChecked();
  await expect(page).toHaveURL(/\?key=[0-9a-f]{64}$/);
  await expectGoodPage(page);
  await page.reload();
  await expect(keysPage.panel).toContainText("Known");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL("/settings/keys");
});

test("what is wrong with a key is said next to the field", async ({ page, keysPage }) => {
  await keysPage.openForm();
  await keysPage.fillForm({ name: "", limit: "five", lastDay: "2001-01-01" });
  await expect(keysPage.dialog.getByLabel("Name")).toHaveAccessibleDescription("must not be empty");
  await expect(keysPage.dialog.getByLabel("Credit limit")).toHaveAccessibleDescription(/must be an amount in USD/);
  await expect(keysPage.dialog.getByLabel("Last day")).toHaveAccessibleDescription("must not be in the past");
  await expectGoodPage(page);
});

test("the secret stays until it is said to be saved", async ({ page, keysPage }) => {
  await keysPage.openForm();
  await keysPage.fillForm({ name: "Careful" });
  await expect(keysPage.secret).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await expect(keysPage.secret).toHaveValue(KEY);
  await expectGoodPage(page);
});

test("what the server refuses is taken back from the list", async ({ page, keysPage }) => {
  await keysPage.create({ name: "Stays" });
  await page.route("**/api/internal/keys/*", (route) => route.abort());
  await keysPage.delete("Stays");
  await expect(page.getByText("That did not work", { exact: true })).toBeVisible();
  await expect(keysPage.rows).toHaveCount(1);
});

test.describe("provisioning keys", () => {
  test.beforeEach(({ keysPage }) => keysPage.open("/settings/management-keys"));

  test("manage keys and answer nothing", async ({ page, request, keysPage }) => {
    await expect(page).toHaveURL("/settings/provisioning-keys");
    await expect(page.getByRole("heading", { name: "No provisioning keys yet" })).toBeVisible();
    await expectGoodPage(page);
    const secret = await keysPage.create({ name: "Terraform" });
    const headers = { authorization: `Bearer ${secret}` };

    const made = await request.post("/api/v1/keys", { headers, data: { name: "Customer 7", limit: 5 } });
    expect(made.status()).toBe(201);
    expect((await request.get("/api/v1/activity", { headers })).status()).toBe(200);
    const data = { model: "openrouter/auto", messages: [{ role: "user", content: "Hi" }] };
    expect((await request.post("/api/v1/chat/completions", { headers, data })).status()).toBe(403);

    await page.reload();
    await expect(keysPage.rows).toHaveCount(1);
    await expectGoodPage(page);
    await keysPage.open();
    await expect(keysPage.rows).toHaveCount(1);
    await expect(keysPage.rows).toContainText("Customer 7");
  });

  test("are deleted for good a while after they were", async ({ page, request, keysPage }) => {
    const secret = await keysPage.create({ name: "Old" });
    await keysPage.delete("Old");
    await expect(page.getByRole("heading", { name: "No provisioning keys yet" })).toBeVisible();
    const headers = { authorization: `Bearer ${secret}` };
    await expect
      .poll(async () => (await request.get("/api/v1/keys", { headers })).status(), { timeout: 2_000, intervals: [50] })
      .toBe(401);
  });
});
