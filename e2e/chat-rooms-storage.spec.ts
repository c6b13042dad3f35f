import type { Page } from "@playwright/test";
import { chatFileWith, importChat } from "./fixtures/chat-rooms";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { serveCompletion, serveDeltas } from "./fixtures/serve-completion";
import { expect, PHONE, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";

test.beforeEach(({ person: _signedIn }) => {
  // Millions of bytes go back and forth.
  test.slow();
});

const MB = 1_048_576;
const big = Buffer.alloc(4 * MB, "signal ").toString("base64");
const file = { id: "big", name: "big.txt", mediaType: "text/plain", kind: "text", bytes: 4 * MB } as const;
const ROOMS = chatFileWith([
  { title: "Small talk", turns: [{ asks: "One?", says: "First." }] },
  { title: "Large file", turns: [{ asks: "Two?", says: "Second.", attachment: file }], fileData: big },
]);
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
test(
  "a full browser says so, shows what takes the most, and keeps what was not kept when there is space",
  PHONE,
  async ({ page, viewport }) => {
    const isPhone = viewport !== null && viewport.width < 1_024;
    const chatPage = new ChatPage(page);
    await chatPage.open();
    if (isPhone) await page.getByRole("button", { name: "Rooms", exact: true }).click();
    await importChat(page, ROOMS);
    await expect(chatPage.room("Large file")).toBeVisible({ timeout: 30_000 });
    if (isPhone) await page.getByRole("button", { name: "Close" }).click();

    await fillBrowser(page);
    await serveDeltas(
      page,
      [{ images: [{ type: "image_url", image_url: { url: `data:image/png;base64,${PNG.toString("base64")}` } }] }],
      "done",
    );
    await chatPage.ask("Is there space?");
    const notice = page.getByRole("alert").filter({ hasText: "no space left" });
    await expect(notice).toContainText("what is new in “Is there space?” is in this page only");
    await chatPage.isAnswered();
    await notice.getByRole("button", { name: "Delete rooms" }).click();
    const largest = page.getByRole("region", { name: "Largest first" });
    await expect(largest.getByRole("checkbox").first()).toHaveAccessibleName(/Large file\s*4\.0 MB/);
    await expect(page.getByText(/MB used/)).toBeVisible();
    await expectGoodPage(page);
    await page.getByRole("checkbox", { name: /Large file/ }).check();
    await page.getByRole("region", { name: "Chosen rooms" }).getByRole("button", { name: "Delete" }).click();
    await expect(page.getByRole("alertdialog")).toContainText("frees about 4.0 MB");
    await page.evaluate(() => Object.assign(window, { isFull: false }));
    await page.getByRole("button", { name: "Delete 1 room" }).click();
    await expect(notice).toBeHidden({ timeout: 20_000 });
    await page.reload();
    await expect(page.getByRole("img", { name: /^Open picture/ })).toBeVisible();
  },
);

/** A browser that keeps nothing more while its window says so. */
async function fillBrowser(page: Page): Promise<void> {
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    Object.assign(window, { isFull: true });
    IDBObjectStore.prototype.put = function (...given) {
      if ("isFull" in window && window.isFull === true) throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, given);
    };
  });
}

test("going on without keeping it is one decision, and can be thought better of", async ({ page, chatPage }) => {
  await chatPage.isReady();
  await importChat(page, ROOMS);
  await expect(chatPage.room("Large file")).toBeVisible();
  await fillBrowser(page);
  await serveCompletion(page, ["Unkept words."], "done");
  await chatPage.ask("Is there space?");
  await chatPage.isAnswered();
  await page.getByRole("button", { name: "Go on without keeping it" }).click();
  await expect(page.getByText("What is new is not kept.")).toBeVisible();
  await chatPage.ask("And now?");
  await expect(chatPage.answers).toHaveCount(2);
  await chatPage.isAnswered();
  await expect(page.getByText("no space left")).toHaveCount(0);

  // It is in this page even after another room was looked at, and in a file of all rooms.
  await chatPage.room("Small talk").click();
  await expect(chatPage.answers).toHaveCount(1);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export all rooms" }).click();
  const exported = await (await downloading).createReadStream();
  expect((await exported.toArray()).join("")).toContain("Unkept words.");
  await chatPage.room("Is there space?").click();
  await expect(chatPage.answers).toHaveCount(2);

  await page.evaluate(() => Object.assign(window, { isFull: false }));
  await page.getByRole("button", { name: "Delete rooms" }).click();
  await page.getByRole("checkbox", { name: /Large file/ }).check();
  await page.getByRole("region", { name: "Chosen rooms" }).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete 1 room" }).click();
  await expect(page.getByText("What is new is not kept.")).toBeHidden();
  await page.reload();
  await expect(chatPage.answers).toHaveCount(2);
  await expect(chatPage.answers.first()).toContainText("Unkept words.");
});

test("a file that there is no space for is refused, and an import changes nothing", async ({ page, chatPage }) => {
  await chatPage.isReady();
  await fillBrowser(page);
  await importChat(page, ROOMS);
  await expect(page.getByRole("alert").filter({ hasText: "no space left" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Nothing was imported" })).toBeVisible();
  await page
    .getByLabel("Files to attach")
    .setInputFiles({ name: "a.md", mimeType: "text/markdown", buffer: Buffer.from("a") });
  await expect(page.getByRole("alert").filter({ hasText: "a.md" })).toContainText("no room left for it");
  await page.reload();
  await chatPage.isReady();
  await expect(chatPage.room(/./)).toHaveCount(0);
});
