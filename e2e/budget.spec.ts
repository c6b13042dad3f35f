import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";

/** JavaScript that a page loads before anything is clicked, as it comes over the wire. Source: operations.md, speed and size. */
const MAX_SCRIPT_BYTES = 250_000;
/** Cumulative layout shift that is still called good (web.dev/cls). */
const MAX_SHIFT = 0.1;

const PUBLIC_PAGES = [
  "/",
  "/models",
  "/models?fmt=cards",
  "/openai/gpt-oss-120b",
  "/provider/deepinfra",
  "/docs",
  "/rankings",
  "/sign-in",
  "/sign-up",
];
const PRIVATE_PAGES = ["/chat", "/activity", "/welcome", "/settings/keys", "/settings/preferences", "/route"];

for (const path of PUBLIC_PAGES) {
  test(`${path} stays within its budget for a visitor`, async ({ page }) => expectWithinBudget(page, path));
}

test.describe("for whoever is signed in", () => {
  test.beforeEach(({ person: _signedIn }) => {});
  for (const path of PRIVATE_PAGES) {
    test(`${path} stays within its budget`, async ({ page }) => expectWithinBudget(page, path));
  }
});

async function expectWithinBudget(page: Page, path: string): Promise<void> {
  // A page of its own, whose files are not in the cache.
  const context = await page
    .context()
    .browser()
    ?.newContext({ storageState: await page.context().storageState() });
  if (context === undefined) throw new Error("the page has no browser");
  const fresh = await context.newPage();
  const sizes: Promise<number>[] = [];
  fresh.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await fresh.goto(new URL(path, test.info().project.use.baseURL).href);
  await fresh.waitForLoadState("networkidle");
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  const shift = await fresh.evaluate(layoutShift);
  await context.close();

  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThan(MAX_SCRIPT_BYTES);
  expect(shift).toBeLessThan(MAX_SHIFT);
}

/** Runs in the page: the sum of all shifts that nobody caused. */
function layoutShift(): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ("value" in entry && typeof entry.value === "number") sum += entry.value;
      }
    });
    observer.observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
  });
}
