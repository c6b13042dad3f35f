import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, test } from "./fixtures/test";

test.beforeEach(({ person: _signedIn }) => {});

test("a model is found by its name, what it can do and what it may cost, with the keyboard alone", async ({
  page,
  chatPage,
}) => {
  await chatPage.isReady();
  await page.keyboard.press("Control+j");
  await expect(chatPage.modelSearch).toBeFocused();
  const dialog = page.getByRole("dialog", { name: "Add a model" });
  const chosen = chatPage.modelOptions.and(page.locator('[aria-selected="true"]'));
  await expect(chosen).toHaveCount(1);
  const first = await chosen.textContent();
  // What is chosen is heard: at first, and while the search changes what comes first.
  const isNamed = async () =>
    expect(chatPage.modelSearch).toHaveAttribute("aria-activedescendant", (await chosen.getAttribute("id")) ?? "");
  await isNamed();
  await page.keyboard.press("PageDown");
  await expect(chosen).not.toHaveText(first ?? "");
  await expect(chosen).toBeInViewport();
  await isNamed();
  await page.keyboard.press("PageUp");
  await expect(chosen).toHaveText(first ?? "");

  await page.getByLabel("Highest price").selectOption("1");
  const count = await chatPage.modelOptions.count();
  expect(count).toBeGreaterThan(5);
  const prices = (await chatPage.modelOptions.allTextContents()).flatMap((text) =>
    [...text.matchAll(/\$([\d.]+)/g)].map(([, price]) => Number(price)),
  );
  expect(Math.max(...prices)).toBeLessThanOrEqual(1);
  // What was chosen may be among those that are gone.
  await expect(chosen).toHaveCount(1);
  await isNamed();
  await page.getByRole("button", { name: "Sees images" }).click();
  await expect.poll(() => chatPage.modelOptions.count()).toBeLessThan(count);
  await page.getByLabel("Highest price").selectOption("Any price");
  await chatPage.modelSearch.fill("gpt-4o-mini");
  await expect(chosen).toContainText("GPT-4o-mini");
  await isNamed();
  await expect(dialog.getByRole("region", { name: /^About .*GPT-4o-mini/ })).toContainText("128,000 tokens");
  await expect(dialog.getByRole("region")).toContainText(/OpenAI|model/i);
  await expectGoodPage(page);
  await chatPage.modelSearch.fill("there is no such model");
  await expect(dialog.getByRole("status")).toHaveText("No model is like that.");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  await chatPage.modelSearch.fill("gpt-4o-mini");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(chatPage.models).toContainText("GPT-4o-mini");
});

test("commands are chosen while the question keeps the focus", async ({ page, chatPage }) => {
  await chatPage.isReady();
  const menu = page.getByRole("listbox", { name: "Commands" });
  const chosen = menu.getByRole("option", { selected: true });
  await chatPage.message.fill("/");
  await expect(chosen).toContainText("/new");
  await expect(chatPage.message).toHaveAttribute("aria-activedescendant", (await chosen.getAttribute("id")) ?? "");
  await expect(chatPage.message).toHaveAttribute("aria-controls", (await menu.getAttribute("id")) ?? "");
  await expectGoodPage(page);
  await page.keyboard.press("ArrowUp");
  await expect(chosen).toContainText("/keys");
  await expect(chosen).toBeInViewport();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(chosen).toContainText("/temp");
  await expect(chatPage.message).toBeFocused();

  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(chatPage.message).toHaveValue("/");
  await expect(chatPage.message).not.toHaveAttribute("aria-activedescendant");
  await chatPage.message.fill("");
  await page.keyboard.type("/th");
  await expect(chosen).toContainText("/think");
  await page.keyboard.press("Tab");
  await expect(chatPage.message).toHaveValue("/think ");
  await expect(chatPage.message).toBeFocused();
  await expect(menu).toBeHidden();

  await chatPage.message.fill("/");
  await menu.getByRole("option", { name: /system text/ }).click();
  await expect(chatPage.message).toHaveValue("/system ");
  await expect(chatPage.message).toBeFocused();
  // A slash may begin a path as well.
  await chatPage.message.fill("/etc/hosts says");
  await expect(menu).toBeHidden();
});
