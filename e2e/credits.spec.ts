import { askWithKey, paidModels } from "./fixtures/ask-paid-model";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { signInAdministrator } from "./fixtures/sign-in-administrator";
import { expect, PHONE, test } from "./fixtures/test";

test.describe("the ledger", () => {
  test.beforeEach(({ person: _signedIn }) => {});

  test("begins with what a new account is given", PHONE, async ({ page, creditsPage }) => {
    await creditsPage.open();
    await expect(creditsPage.rows).toHaveCount(1);
    await expect(creditsPage.rows).toContainText("New account");
    await expect(creditsPage.rows).toContainText("+$1.00");
    await expect(creditsPage.figure("Balance")).toHaveText("$1.00");
    await expect(page.getByText("Payments are off")).toBeVisible();
    await expect(creditsPage.grantForm).toHaveCount(0);
    await expectGoodPage(page);
  });

  test("stands beside the day's requests to free models", PHONE, async ({ page, keysPage, creditsPage }) => {
    await keysPage.open();
    const key = await keysPage.create({ name: "Thrifty build" });
    await creditsPage.open();
    const free = page.getByRole("region", { name: "Free models" });
    await expect(free).toContainText("0 of 500 today");
    await askWithKey(page.request, { key, model: "openai/gpt-oss-20b:free" });
    await page.reload();
    await expect(free.getByRole("meter")).toHaveAttribute("aria-valuetext", "1 of 500 today");
    await expect(free).toContainText("At most 1,000 a minute. A day begins at midnight UTC.");
    // Here nothing can be bought, so no more is offered.
    await expect(free).not.toContainText("bought");
    await expectGoodPage(page);
  });

  test("explains each charge down to the last digit", PHONE, async ({ page, keysPage, creditsPage }) => {
    await keysPage.open();
    const key = await keysPage.create({ name: "Nightly build" });
    const [model = ""] = await paidModels(page.request);
    const id = await askWithKey(page.request, { key, model });
    const { data } = await (await page.request.get(`/api/v1/generation?id=${id}`)).json();

    await creditsPage.open();
    await expect(creditsPage.rows).toHaveCount(2);
    await creditsPage.rows.first().getByRole("button").focus();
    await page.keyboard.press("Enter");
    await expect(creditsPage.panel).toContainText(id);
    await expect(page).toHaveURL(/\?entry=\d+$/);
    const charged = creditsPage.panel.getByRole("row", { name: /^Charged/ }).getByRole("cell");
    expect(Number((await charged.textContent())?.replace("$", ""))).toBe(data.total_cost);
    await expect(creditsPage.panel.getByRole("row", { name: /^Prompt/ })).toContainText(
      `${data.tokens_prompt.toLocaleString("en-US")} × $`,
    );
    await expectGoodPage(page);

    await creditsPage.panel.getByRole("link", { name: "Show the request" }).click();
    await expect(page.getByRole("dialog", { name: "Generation" })).toContainText(id);
    await page.goBack();
    await expect(creditsPage.panel).toContainText(id);
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL("/settings/credits");
  });

  test("is filtered by kind and by day, in the address", async ({ page, keysPage, creditsPage }) => {
    await keysPage.open();
    const key = await keysPage.create({ name: "Nightly build" });
    const [model = ""] = await paidModels(page.request);
    await askWithKey(page.request, { key, model });
    await creditsPage.open();
    await expect(creditsPage.rows).toHaveCount(2);

    await creditsPage.filters.getByRole("combobox", { name: "Kind" }).selectOption("bonus");
    await expect(creditsPage.rows).toHaveCount(1);
    await expect(page).toHaveURL("/settings/credits?kind=bonus");
    await page.reload();
    await expect(creditsPage.rows).toContainText("New account");
    await creditsPage.filters.getByLabel("Last day (UTC)").fill("2001-01-01");
    await creditsPage.filters.getByLabel("Last day (UTC)").press("Enter");
    await expect(page).toHaveURL("/settings/credits?kind=bonus&to=2001-01-01");
    await expect(page.getByRole("heading", { name: "Nothing fits" })).toBeVisible();
    await page.goBack();
    await expect(creditsPage.rows).toHaveCount(1);
    await creditsPage.filters.getByRole("button", { name: "Clear" }).click();
    await expect(creditsPage.rows).toHaveCount(2);
  });
});

test.describe("an administrator", () => {
  test("grants credits, exactly, and once", async ({ page, stranger, creditsPage }) => {
    await stranger.goto("/settings/preferences");
    const email = (await stranger.getByText(/@example\.com/).textContent()) ?? "";
    await signInAdministrator(page);
    await creditsPage.open();
    await expectGoodPage(page);
    await creditsPage.grant({ email: email.toUpperCase(), amount: "2.000000001", note: "For the pilot" });
    await expect(page.getByText(`Granted $2.00 to ${email}`, { exact: true })).toBeVisible();

    await stranger.goto("/settings/credits");
    const entry = stranger.getByRole("row").filter({ hasText: "For the pilot" });
    await expect(entry).toHaveCount(1);
    await entry.getByRole("button").click();
    await expect(stranger.getByRole("dialog")).toContainText("$2.000000001");
  });

  test("is told what is wrong with a grant", async ({ page, creditsPage }) => {
    await signInAdministrator(page);
    await creditsPage.open();
    const { grantForm } = creditsPage;
    await creditsPage.grant({ email: "nobody@example.com", amount: "5", note: "x" });
    await expect(grantForm.getByLabel("E-mail address")).toHaveAccessibleDescription("nobody here has this address");
    await creditsPage.grant({ email: "nobody", amount: "0", note: "" });
    await expect(grantForm.getByLabel("E-mail address")).toHaveAccessibleDescription("must be an e-mail address");
    await expect(grantForm.getByLabel("Amount")).toHaveAccessibleDescription("must be more than 0");
    await expect(grantForm.getByLabel("What it is for")).toHaveAccessibleDescription("must say what it is for");
    await expectGoodPage(page);
  });

  test("who is none cannot grant", async ({ person, page, baseURL }) => {
    const headers = { origin: baseURL ?? "" };
    const data = { email: person.email, amount: "5", note: "To myself", reference: "0".repeat(32) };
    const answer = await page.request.post("/api/internal/credit-grants", { headers, data });
    expect(answer.status()).toBe(404);
    await page.goto("/settings/credits");
    await expect(page.getByText("To myself")).toHaveCount(0);
  });
});
