import { existsSync } from "node:fs";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { rendererOf } from "./fixtures/renderer-of";
import { signInAdministrator } from "./fixtures/sign-in-administrator";
import { expect, test } from "./fixtures/test";

/**
 * Pictures of every part of the kit, in both themes. Letters are drawn a little differently by every version of a browser
 * and of its fonts, so the pictures are kept per renderer (e2e/kit-pictures/<renderer>/): where there are none for this
 * machine's, nothing is compared. After a change that is meant, or for another renderer, make them anew:
 *
 *   npm run build && KIT_PICTURES=on npx playwright test -c e2e/playwright.config.ts kit --update-snapshots
 *
 * and look at what changed before it is committed.
 */
const IS_WANTED = process.env.KIT_PICTURES === "on";

// A moment is shown in the reader's time zone.
test.use({ timezoneId: "UTC" });

for (const scheme of ["light", "dark"] as const) {
  test(`the kit in its ${scheme} theme`, async ({ page, browser }) => {
    test.slow();
    await signInAdministrator(page);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.goto("/internal/kit");
    await page.evaluate(() => document.fonts.ready.then(() => null));
    await expect(page.getByRole("slider").first()).toBeVisible();
    await expectGoodPage(page);

    // It would lie over whatever is scrolled to.
    await page.getByRole("banner").evaluate((header) => header.classList.replace("sticky", "static"));
    const renderer = await rendererOf(page, browser.version());
    const names = await page.locator("[data-specimen]").evaluateAll((all) => all.map(({ id }) => id));
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) {
      const picture = [renderer, `${name}-${scheme}.png`];
      if (!IS_WANTED && !existsSync(test.info().snapshotPath(...picture))) continue;
      await expect.soft(page.locator(`#${name}`)).toHaveScreenshot(picture, {
        maxDiffPixelRatio: 0.002,
        // What says how long ago something was is another text every day.
        mask: [page.locator("[data-changing]")],
      });
    }
  });
}

test("the kit keeps to a phone's width", async ({ page }) => {
  await signInAdministrator(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/internal/kit");
  await expectGoodPage(page);
});
