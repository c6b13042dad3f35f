import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, PHONE, test } from "./fixtures/test";

test.beforeEach(({ person: _signedIn }) => {});

test("without any request yet, the list says what will be in it", PHONE, async ({ page, activityPage }) => {
  await activityPage.open();
  await expect(page.getByRole("heading", { name: "Nothing yet" })).toBeVisible();
  await expectGoodPage(page);
});

test(
  "a question in the chat is listed with its cost, and opens to its route",
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
    await expect(activityPage.panel).toContainText("Chatroom");
    await expect(activityPage.tracks.first()).toContainText(provider);
    await expect(activityPage.tracks.first()).toContainText(/Served\s*200 after/);
    await expectGoodPage(page);

    await page.keyboard.press("Escape");
    await expect(activityPage.panel).toBeHidden();
    await expect(activityPage.rows.getByRole("button")).toBeFocused();
  },
);

test("an answer links to its generation", async ({ page, chatPage, activityPage }) => {
  await chatPage.ask("Say hello.");
  await chatPage.answers.getByRole("link", { name: "How it was routed" }).click();
  await expect(activityPage.panel).toContainText(/gen-/);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL("/activity");
});

test("a generation that was asked for with a key names the key, and why others were left out", async ({
  page,
  keysPage,
  activityPage,
}) => {
  await keysPage.open();
  const secret = await keysPage.create({ name: "Nightly build" });
  const { data: models } = await (await page.request.get("/api/v1/models")).json();
  const model = models[0].id;
  const { data } = await (await page.request.get(`/api/v1/models/${model}/endpoints`)).json();
  const [{ tag }] = data.endpoints;
  const answer = await page.request.post("/api/v1/chat/completions", {
    headers: { authorization: `Bearer ${secret}` },
    data: { model, provider: { only: [tag] }, messages: [{ role: "user", content: "Hi" }], max_tokens: 20 },
  });
  expect(answer.status()).toBe(200);
  const { id } = await answer.json();

  await activityPage.open(id);
  await expect(activityPage.panel).toContainText("Nightly build");
  await expect(activityPage.panel).toContainText(id);
});

test("older generations are on the next page, and back leads to the newest", async ({
  page,
  keysPage,
  activityPage,
}) => {
  await keysPage.open();
  const headers = { authorization: `Bearer ${await keysPage.create({ name: "Many" })}` };
  const { data: models } = await (await page.request.get("/api/v1/models")).json();
  const paid = models.find((model: { pricing: { prompt: string } }) => Number(model.pricing.prompt) > 0);
  const data = { model: paid.id, max_tokens: 1, messages: [{ role: "user", content: "Hi" }] };
  const answers = await Promise.all(
    Array.from({ length: 51 }, () => page.request.post("/api/v1/chat/completions", { headers, data })),
  );
  expect(answers.map((answer) => answer.status())).toEqual(answers.map(() => 200));

  await activityPage.open();
  await expect(activityPage.rows).toHaveCount(50);
  await activityPage.older.click();
  await expect(activityPage.rows).toHaveCount(1);
  await expect(activityPage.older).toBeHidden();
  await page.goBack();
  await expect(activityPage.rows).toHaveCount(50);
});

test("somebody else's generation does not open", async ({ stranger, chatPage }) => {
  await chatPage.ask("Say hello.");
  const link = chatPage.answers.getByRole("link", { name: "How it was routed" });
  await stranger.goto((await link.getAttribute("href")) ?? "");
  await expect(stranger.getByRole("heading", { name: "Nothing yet" })).toBeVisible();
  await expect(stranger.getByRole("dialog")).toHaveCount(0);
});

test("without a session there is no activity to see", async ({ request }) => {
  for (const path of ["generations/gen-0", "activity/export?format=csv"])
    expect((await request.get(`/api/internal/${path}`)).status()).toBe(401);
});
