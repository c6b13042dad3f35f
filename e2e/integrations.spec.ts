import { askWithKey } from "./fixtures/ask-paid-model";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, PHONE, test } from "./fixtures/test";

const MODEL = "meta-llama/llama-3.3-70b-instruct";
const SECRET = "gsk_a_key_that_nobody_may_see_9876";
const DEPLOYMENT = {
  model_slug: "openai/gpt-4o",
  endpoint_url:
    "https://mine.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-08-01-preview",
  api_key: "an-azure-key-of-nobody-1234",
  model_id: "gpt-4o",
};

test.beforeEach(async ({ person: _signedIn, integrationsPage }) => {
  await integrationsPage.open();
});

test("a key is added, tested and used, and never seen again", PHONE, async ({ page, integrationsPage, keysPage }) => {
  test.slow();
  const { dialog } = integrationsPage;
  await expect(page.getByRole("heading", { name: "No provider keys yet" })).toBeVisible();
  await expectGoodPage(page);

  await integrationsPage.openForm();
  await dialog.getByRole("button", { name: "Add key" }).click();
  await expect(dialog.getByLabel("Provider", { exact: true })).toHaveAccessibleDescription("must be chosen");
  await integrationsPage.choose("Provider", "Azure");
  await dialog.getByLabel("Key", { exact: true }).fill(JSON.stringify({ ...DEPLOYMENT, endpoint_url: "mine" }));
  await expect(dialog.getByLabel("Key", { exact: true })).toHaveAccessibleDescription(
    "endpoint_url must be an http(s) address",
  );
  await expectGoodPage(page);
  await dialog.getByLabel("Key", { exact: true }).fill(JSON.stringify([DEPLOYMENT]));
  await dialog.getByRole("button", { name: "Add key" }).click();
  await expect(integrationsPage.rows("Azure")).toContainText("…1234");

  await integrationsPage.add({ provider: "Groq", key: SECRET, name: "Mine" });
  const row = integrationsPage.rows("Groq");
  await expect(row).toContainText("Mine");
  await expect(row).toContainText("…9876");
  await row.getByRole("button", { name: "Test Mine" }).click();
  await expect(row).toContainText("It answered.");

  const api = await keysPage.open().then(() => keysPage.create({ name: "Program" }));
  const id = await askWithKey(page.request, { key: api, model: MODEL });
  const { data } = await (await page.request.get(`/api/v1/generation?id=${id}`)).json();
  expect(data).toMatchObject({ is_byok: true, provider_name: "Groq", total_cost: 0 });
  await page.goto(`/activity?generation=${id}`);
  await expect(page.getByRole("dialog").getByText('With your own key "Mine"')).toBeVisible();
  await expect(page.getByRole("dialog").getByText("One of the month's first, which cost no fee")).toBeVisible();

  await integrationsPage.open();
  await expect(row.getByText("1", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(SECRET);
  expect(await page.content()).not.toContain(DEPLOYMENT.api_key);
  await expectGoodPage(page);
});

test("keys are put in order with the keyboard, changed, switched off and deleted", async ({
  page,
  integrationsPage,
}) => {
  test.slow();
  const { dialog } = integrationsPage;
  const rows = integrationsPage.rows("Groq");
  for (const name of ["One", "Two", "Three"]) await integrationsPage.add({ provider: "Groq", key: SECRET, name });
  await expect(rows).toContainText(["One", "Two", "Three"]);

  await page.getByRole("button", { name: "Try Three earlier" }).focus();
  await page.keyboard.press("Enter");
  await expect(rows).toContainText(["One", "Three", "Two"]);
  await expect(page.getByRole("button", { name: "Try Three earlier" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rows).toContainText(["Three", "One", "Two"]);
  await expect(page.getByRole("button", { name: "Try Three later" })).toBeFocused();
  await expect(page.getByText("Three is now number 1 for Groq.")).toBeAttached();

  await integrationsPage.act("One", "Edit");
  await expect(dialog.getByLabel("New key")).toHaveValue("");
  const sent = page.waitForRequest((request) => request.method() === "PATCH");
  await dialog.getByLabel("When it is used").selectOption("only");
  await integrationsPage.choose("Models", MODEL);
  await page.keyboard.press("Escape");
  await expectGoodPage(page);
  await dialog.getByRole("button", { name: "Save changes" }).click();
  expect((await sent).postDataJSON()).toEqual({
    is_fallback: false,
    is_required: false,
    is_byok_only: true,
    allowed_models: [MODEL],
  });
  await expect(rows.filter({ hasText: "One" })).toContainText("always used");
  await expect(rows.filter({ hasText: "One" })).toContainText("1 model");

  await integrationsPage.act("Two", "Disable");
  await expect(rows.filter({ hasText: "Two" })).toContainText("disabled");
  await integrationsPage.act("Three", "Delete");
  await expect(dialog).toContainText("deleted here for good");
  await dialog.getByRole("button", { name: "Delete key" }).click();
  await expect(rows).toContainText(["One", "Two"]);
  await page.reload();
  await expect(rows).toContainText(["One", "Two"]);
  await expect(rows.filter({ hasText: "Two" })).toContainText("disabled");
});
