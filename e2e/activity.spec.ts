import { askWithKey, paidModels } from "./fixtures/ask-paid-model";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, PHONE, test } from "./fixtures/test";

test.beforeEach(({ person: _signedIn }) => {});

test("without any request yet, the list says what will be in it", PHONE, async ({ page, activityPage }) => {
  await activityPage.open();
  await expect(page.getByRole("heading", { name: "Nothing yet" })).toBeVisible();
  await expectGoodPage(page);
});

test(
  "a question in the chat is listed with its cost, and opens to its time, its cost and its route",
  PHONE,
  async ({ page, chatPage, activityPage }) => {
    // The whole page is examined three times.
    test.slow();
    await chatPage.ask("Say hello.");
    await expect(chatPage.tryAgain).toBeVisible();
    const provider = (await chatPage.fact("Provider").textContent()) ?? "";
    const model = (await chatPage.fact("Model").textContent()) ?? "";

    await activityPage.open();
    await expect(activityPage.rows).toHaveCount(1);
    await expect(activityPage.rows).toContainText("sandbox");
    await expect(activityPage.rows).toContainText("$");
    await expectGoodPage(page);

    await activityPage.rows.getByRole("button").focus();
    await page.keyboard.press("Enter");
    await expect(activityPage.panel).toContainText(model);
    await expect(activityPage.panel.getByRole("link", { name: "Chatroom" })).toBeVisible();
    await expect(activityPage.panel.getByText(`${provider}, to its first token`)).toBeVisible();
    await expect(activityPage.panel.getByRole("row", { name: /^Charged/ })).toContainText("$");
    await expect(activityPage.tracks.first()).toContainText(provider);
    await expect(activityPage.tracks.first()).toContainText(/Served\s*200 after/);
    await expectGoodPage(page);

    await page.keyboard.press("Escape");
    await expect(activityPage.panel).toBeHidden();
    await expect(activityPage.rows.getByRole("button")).toBeFocused();
    await expect(page).toHaveURL("/activity");
  },
);

test("an answer links to its generation", async ({ page, chatPage, activityPage }) => {
  await chatPage.ask("Say hello.");
  await chatPage.answers.getByRole("link", { name: "How it was routed" }).click();
  await expect(activityPage.panel).toContainText(/gen-/);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL("/activity");
});

test("which detail is open stands in the address: it can be shared, turned over, and gone back from", async ({
  page,
  keysPage,
  activityPage,
}) => {
  await keysPage.open();
  const key = await keysPage.create({ name: "Nightly build" });
  const [model = ""] = await paidModels(page.request);
  const older = await askWithKey(page.request, { key, model });
  const newer = await askWithKey(page.request, { key, model });

  await activityPage.open();
  await activityPage.rows.first().getByRole("button").click();
  await expect(page).toHaveURL(`/activity?generation=${newer}`);
  await expect(activityPage.panel).toContainText("Nightly build");
  await activityPage.panel.getByRole("button", { name: "Older" }).click();
  await expect(page).toHaveURL(`/activity?generation=${older}`);
  await expect(activityPage.panel).toContainText(older);
  await page.reload();
  await expect(activityPage.panel).toContainText(older);
  await page.goBack();
  await expect(activityPage.panel).toBeHidden();
  await expect(activityPage.rows).toHaveCount(2);
});

test("filters narrow list, charts and export, stand in the address, and are gone back from", async ({
  page,
  keysPage,
  activityPage,
}) => {
  await keysPage.open();
  const key = await keysPage.create({ name: "Nightly build" });
  const [first = "", second = ""] = await paidModels(page.request);
  await askWithKey(page.request, { key, model: first, app: "Bot" });
  await askWithKey(page.request, { key, model: second });
  await activityPage.open();
  await expect(activityPage.rows).toHaveCount(2);

  await activityPage.filterBy("Model", first);
  await expect(activityPage.rows).toHaveCount(1);
  await expect(activityPage.rows).toContainText(first);
  await expect(page).toHaveURL(`/activity?${new URLSearchParams({ model: first })}`);
  await page.reload();
  await expect(activityPage.rows).toHaveCount(1);
  await expect(
    page.getByRole("term").filter({ hasText: "Requests" }).locator("xpath=following-sibling::dd[1]"),
  ).toHaveText("1");
  const link = page.getByRole("link", { name: "Export as JSON" });
  const exported = await (await page.request.get((await link.getAttribute("href")) ?? "")).json();
  expect(exported).toMatchObject([{ model: first, key_name: "Nightly build", app: "Bot" }]);

  await activityPage.filterBy("App", "Bot");
  await expect(page).toHaveURL(/model=.*&app=Bot$/);
  await activityPage.filters.getByRole("combobox", { name: "Status" }).selectOption("failed");
  await expect(page.getByRole("heading", { name: "Nothing fits" })).toBeVisible();
  await page.goBack();
  await expect(activityPage.rows).toHaveCount(1);
  await activityPage.filters.getByRole("button", { name: "Clear filters" }).click();
  await expect(activityPage.rows).toHaveCount(2);
  await expect(page).toHaveURL("/activity");
});

test("a period of one's own is chosen by its days", async ({ page, keysPage, activityPage }) => {
  await keysPage.open();
  const key = await keysPage.create({ name: "Nightly build" });
  const [model = ""] = await paidModels(page.request);
  await askWithKey(page.request, { key, model });
  await activityPage.open();
  await activityPage.filters.getByRole("combobox", { name: "Period" }).selectOption({ label: "From … to …" });
  await activityPage.filters.getByLabel("First day (UTC)").fill("2001-01-01");
  await activityPage.filters.getByLabel("First day (UTC)").press("Enter");
  // More than a year is no period: the address says so by leaving it out.
  await expect(activityPage.filters.getByRole("combobox", { name: "Period" })).toHaveValue("30d");
  await page.goto("/activity?from=2001-01-01&to=2001-01-31");
  await expect(page.getByRole("heading", { name: "Nothing fits" })).toBeVisible();
  await expectGoodPage(page);
  await page.goto("/activity?range=today&by=key");
  await expect(page.getByRole("link", { name: "By key" })).toHaveAttribute("aria-current", "page");
  await page.getByText("Show as a table").first().click();
  await expect(page.getByRole("table", { name: /^Spend in USD per hour/ }).getByRole("row")).toHaveCount(25);
  await expectGoodPage(page);
});

test("older generations come a page at a time, and newer ones again", async ({ page, keysPage, activityPage }) => {
  await keysPage.open();
  const key = await keysPage.create({ name: "Many" });
  const [model = ""] = await paidModels(page.request);
  await Promise.all(Array.from({ length: 51 }, () => askWithKey(page.request, { key, model })));

  await activityPage.open();
  await expect(activityPage.rows).toHaveCount(50);
  await activityPage.older.click();
  await expect(activityPage.rows).toHaveCount(1);
  await expect(activityPage.older).toBeHidden();
  await activityPage.newer.click();
  await expect(activityPage.rows).toHaveCount(50);
});

test("details that cannot be loaded say so, and can be asked for again", async ({ page, chatPage, activityPage }) => {
  await chatPage.ask("Say hello.");
  await expect(chatPage.tryAgain).toBeVisible();
  await activityPage.open();
  await page.route("**/api/internal/generations/*", (route) => route.abort());
  await activityPage.rows.getByRole("button").click();
  await expect(activityPage.panel.getByRole("alert")).toContainText("The details could not be loaded");
  await expectGoodPage(page);
  await page.unroute("**/api/internal/generations/*");
  await activityPage.panel.getByRole("button", { name: "Try again" }).click();
  await expect(activityPage.panel.getByRole("row", { name: /^Charged/ })).toBeVisible();
});

test("somebody else's generation does not open", async ({ stranger, chatPage }) => {
  await chatPage.ask("Say hello.");
  const link = chatPage.answers.getByRole("link", { name: "How it was routed" });
  await stranger.goto((await link.getAttribute("href")) ?? "");
  await expect(stranger.getByRole("heading", { name: "Nothing yet" })).toBeVisible();
  await expect(stranger.getByRole("dialog")).toHaveCount(0);
});

test("a wrong filter of an export is refused by name", async ({ page }) => {
  for (const [query, field] of [
    ["status=happy", "status"],
    ["format=pdf", "format"],
    ["from=2026-11-01", "to"],
    ["from=2026-11-02&to=2026-11-01", "to"],
    ["key=secret", "key"],
  ]) {
    const answer = await page.request.get(`/api/internal/activity/export?${query}`);
    expect(answer.status()).toBe(400);
    expect((await answer.json()).error.field).toBe(field);
  }
});
