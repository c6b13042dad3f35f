import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, PHONE, test } from "./fixtures/test";

const PUBLIC_ADDRESSES = ["/", "/models", "/rankings", "/docs", "/sign-in", "/sign-up"];
const PRIVATE_ADDRESSES = [
  "/chat",
  "/activity",
  "/route",
  "/welcome",
  "/settings/preferences",
  "/settings/keys",
  "/settings/provisioning-keys",
  "/settings/integrations",
  "/settings/presets",
  "/settings/plugins",
  "/settings/privacy",
  "/settings/credits",
  "/settings/organization",
];
const OTHER_NAMES = [
  ["/settings", "/settings/preferences"],
  ["/settings/byok", "/settings/integrations"],
  ["/settings/management-keys", "/settings/provisioning-keys"],
] as const;

for (const path of PUBLIC_ADDRESSES) {
  test(`a visitor can see ${path}`, PHONE, async ({ page }) => {
    expect((await page.goto(path))?.status()).toBe(200);
    await expectGoodPage(page);
  });
}

test("an application that asks for a key gets an answer", async ({ page }) => {
  expect((await page.goto("/auth?callback_url=https://example.com/"))?.status()).toBe(200);
  await expectGoodPage(page);
});

test("every address of an account leads somewhere", async ({ page, person: _signedIn }) => {
  test.slow();
  for (const path of PRIVATE_ADDRESSES) {
    expect((await page.goto(path))?.status(), path).toBe(200);
    await expectGoodPage(page);
  }
  for (const [path, target] of OTHER_NAMES) {
    await page.goto(path);
    await expect(page).toHaveURL(target);
  }
});

test(
  "the palette finds pages, models and keys with the keyboard alone",
  PHONE,
  async ({ page, person: _signedIn, keysPage }) => {
    await keysPage.open();
    await keysPage.create({ name: "Nightly build" });
    await page.keyboard.press("ControlOrMeta+k");
    const search = page.getByRole("combobox");
    await expect(search).toBeFocused();
    await expect(page.getByRole("option").first()).toBeVisible();
    await expectGoodPage(page);

    await search.fill("nightly");
    await expect(page.getByRole("option", { name: /Nightly build/ })).toBeVisible();
    await search.fill("llama 3.3 70b");
    await expect(page.getByRole("option").first()).toContainText(/llama-3\.3-70b/);
    await search.fill("no such thing at all");
    await expect(page.getByRole("option")).toHaveCount(0);

    await search.fill("privacy");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/settings/privacy");
    await expect(page.getByRole("dialog")).toHaveCount(0);

    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  },
);

test("a visitor's palette has no pages of an account", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("dialog").getByRole("combobox").fill("privacy");
  await expect(page.getByText("Nothing is called that.")).toBeVisible();
});

test("the theme is kept, and drawn by the server", async ({ page, person: _signedIn }) => {
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.goto("/settings/preferences");
  expect(await scheme()).toBe("light dark");
  await page.getByRole("radio", { name: "Dark" }).check();
  expect(await scheme()).toBe("dark");

  const html = await (await page.request.get("/settings/preferences")).text();
  expect(html).toMatch(/<html[^>]*data-theme="dark"/);
  await page.reload();
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  await expectGoodPage(page);
});

test("the account menu shows what is left, and is walked with the keyboard", async ({ page, person }) => {
  await page.goto("/activity");
  const button = page.getByRole("button", { name: "Account" });
  await expect(button).toContainText("$");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toContainText(person.email);
  await expectGoodPage(page);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Activity" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
});

test("on a phone the menu holds the navigation, and the theme", async ({ page, person: _signedIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/activity");
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await expectGoodPage(page);
  await page.getByRole("dialog").getByRole("link", { name: "Models" }).click();
  await expect(page).toHaveURL("/models");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("without a connection the page says so, and another one can be asked for later", async ({ page, context }) => {
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Signalbox cannot be reached");
  await context.setOffline(false);
  await page.getByRole("link", { name: "Go to the start page" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
});

test("the kit is for administrators", async ({ page, person: _signedIn }) => {
  expect((await page.goto("/internal/kit"))?.status()).toBe(404);
});
