import { chatFileWith, importChat, keptFiles, traceOf } from "./fixtures/chat-rooms";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { serveCompletion } from "./fixtures/serve-completion";
import { expect, PHONE, test } from "./fixtures/test";

test.beforeEach(({ person: _signedIn }) => {});

const NOTES = { name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from("# Notes\n\nKeep left.") };

const RAILWAY = chatFileWith([
  { title: "Timetables", turns: [{ asks: "When does it leave?", says: "At **noon**, from the harbour." }] },
  {
    title: "Signals",
    turns: [
      { asks: "What is a distant signal?", says: "It warns of the next one." },
      ...Array.from({ length: 12 }, (_, index) => ({ asks: `Question ${index}?`, says: "Very long. ".repeat(150) })),
    ],
  },
  { title: "Bread", turns: [{ asks: "How long does dough rise?", says: "Until noon at the latest." }] },
]);

test(
  "rooms are found by what was said in them, and a hit leads to its place",
  PHONE,
  async ({ page, chatPage, viewport }) => {
    const isPhone = viewport !== null && viewport.width < 1_024;
    const openList = async () => {
      if (isPhone) await page.getByRole("button", { name: "Rooms", exact: true }).click();
    };
    await chatPage.isReady();
    await openList();
    await importChat(page, RAILWAY);
    await expect(chatPage.room("Bread")).toBeVisible();
    await expect(page.getByText("3 rooms", { exact: true })).toBeVisible();

    await page.getByLabel("Search rooms").fill("noon");
    await expect(chatPage.room("Signals")).toBeHidden();
    await expect(chatPage.room("Timetables")).toContainText("At noon, from the harbour.");
    await expect(chatPage.room("Bread")).toContainText("Until noon at the latest.");
    await expect(chatPage.rooms.locator("mark").first()).toHaveText("noon");
    await expectGoodPage(page);

    await page.getByLabel("Search rooms").fill("noon harbour");
    await expect(chatPage.room("Bread")).toBeHidden();
    await page.getByLabel("Search rooms").fill("zzz");
    await expect(page.getByText("No room is called that, and it was said in none.")).toBeVisible();

    await page.getByLabel("Search rooms").fill("distant");
    await chatPage.room("Signals").click();
    const hit = page.getByText("What is a distant signal?", { exact: true }).and(page.locator("p"));
    await expect(hit).toBeInViewport();
    await expect(page.getByText("Question 11?", { exact: true })).not.toBeInViewport();
    // Where a sheet was opened, its button has the focus again, and its name beside it.
    await chatPage.message.focus();
    await expectGoodPage(page);
    // Without a hit a room opens at its end.
    await openList();
    await page.getByLabel("Search rooms").fill("");
    await chatPage.room("Bread").click();
    await expect(chatPage.answers).toContainText("Until noon at the latest.");
    await openList();
    await chatPage.room("Signals").click();
    await expect(page.getByText("Question 11?", { exact: true })).toBeVisible();
    await expect(hit).not.toBeInViewport();
  },
);

test("a hit on another branch brings that branch into view", async ({ page, chatPage }) => {
  await serveCompletion(page, ["Pleased to meet you."], "done");
  await chatPage.ask("I am Ada, the signalman.");
  await chatPage.isAnswered();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("Edit the question").fill("I am Grace.");
  await page.getByLabel("Edit the question").press("Enter");
  await expect(page.getByLabel("question 2 of 2")).toBeVisible();
  await chatPage.isAnswered();
  await page.getByLabel("Search rooms").fill("signalman ada");
  // The room was in the list before; what was found in it comes with the search.
  await expect(chatPage.room(/Ada/).locator("mark").first()).toBeVisible();
  await chatPage.room(/Ada/).click();
  await expect(page.getByLabel("question 1 of 2")).toBeVisible();
});

test("a temporary room is not found, and leaves no trace", async ({ page, chatPage }) => {
  await serveCompletion(page, ["I keep the Kingfisher secret."], "done");
  await chatPage.isReady();
  await page.getByRole("button", { name: "Temporary room" }).click();
  await page
    .getByLabel("Files to attach")
    .setInputFiles({ ...NOTES, name: "kingfisher.md", buffer: Buffer.from("Kingfisher") });
  await expect(chatPage.files.getByRole("listitem")).toHaveCount(1);
  await chatPage.ask("The Kingfisher flies.");
  await chatPage.isAnswered();
  await chatPage.message.fill("More of the Kingfisher");
  await page.getByLabel("Search rooms").fill("kingfisher");
  await serveCompletion(page, ["A room that is kept."], "done");
  expect(await traceOf(page)).not.toMatch(/kingfisher/i);

  await page.getByLabel("Search rooms").fill("");
  await page.getByRole("button", { name: "New room" }).click();
  await chatPage.ask("Something else");
  await chatPage.isAnswered();
  await page.getByLabel("Search rooms").fill("kingfisher");
  await expect(page.getByText("No room is called that, and it was said in none.")).toBeVisible();
  await page.goBack();
  await page.goForward();
  await page.reload();
  await chatPage.isReady();
  const trace = await traceOf(page);
  expect(trace).toContain("A room that is kept.");
  expect(trace).not.toMatch(/kingfisher/i);
  await expect(page.getByText(/kingfisher/i)).toHaveCount(0);
});

test("a draft with its files is there again after another room and after a reload", async ({ page, chatPage }) => {
  await serveCompletion(page, ["Noted."], "done");
  await chatPage.ask("The first room");
  await chatPage.isAnswered();
  await chatPage.message.fill("What I was about to say");
  await page.getByLabel("Files to attach").setInputFiles([NOTES, { ...NOTES, name: "second.md" }]);
  await expect(chatPage.files.getByRole("listitem")).toHaveCount(2);
  await page.getByRole("button", { name: "Remove second.md" }).click();
  await expect.poll(() => keptFiles(page)).toHaveLength(1);

  await page.getByRole("button", { name: "New room" }).click();
  await expect(chatPage.message).toHaveValue("");
  await chatPage.message.fill("Begun in a new room");
  await chatPage.room("The first room").click();
  await expect(chatPage.message).toHaveValue("What I was about to say");
  await expect(chatPage.files.getByRole("listitem")).toHaveCount(1);
  await page.reload();
  await expect(chatPage.message).toHaveValue("What I was about to say");
  await expect(chatPage.files).toContainText("notes.md");

  // A room that nothing was asked in is in no list: it is found again as the new one.
  await page.getByRole("button", { name: "New room" }).click();
  await chatPage.message.fill("Not lost");
  await page.reload();
  await expect(chatPage.message).toHaveValue("Not lost");
  await chatPage.room("The first room").click();
  const sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.message.press("Enter");
  const { messages } = (await sent).postDataJSON();
  expect(JSON.stringify(messages.at(-1))).toContain("Keep left.");
  await chatPage.isAnswered();
  await expect(chatPage.message).toHaveValue("");
  await page.reload();
  await expect(chatPage.answers).toHaveCount(2);
  await expect(chatPage.message).toHaveValue("");
});

test("several rooms are chosen, saved and deleted at once", PHONE, async ({ page, chatPage, viewport }) => {
  await chatPage.isReady();
  if (viewport !== null && viewport.width < 1_024) {
    await page.getByRole("button", { name: "Rooms", exact: true }).click();
  }
  await importChat(page, RAILWAY);
  await page.getByRole("button", { name: "Select", exact: true }).click();
  const box = (name: string) => page.getByRole("checkbox", { name });
  await expect(box("Select all")).toBeFocused();
  await expect(page.getByRole("button", { name: "Delete", exact: true })).toBeDisabled();
  await box("Signals").check();
  await box("Bread").check();
  await expect(page.getByText("2 selected")).toBeVisible();
  await expect(page.getByText(/of this browser's space used/)).toBeVisible();
  await expect(chatPage.rooms.getByText(/^\d+ KB$/)).toHaveCount(3);
  await expectGoodPage(page);

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("chat-rooms.json");

  // What is not in sight is not deleted.
  await page.getByLabel("Search rooms").fill("bread");
  await expect(page.getByText("1 selected")).toBeVisible();
  await page.getByLabel("Search rooms").fill("");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("alertdialog", { name: "Delete 2 rooms?" });
  await expect(dialog).toContainText("nobody can bring them back");
  await expectGoodPage(page);
  await dialog.getByRole("button", { name: "Keep them" }).click();
  await expect(box("Signals")).toBeChecked();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog.getByRole("button", { name: "Delete 2 rooms" }).click();
  await expect(page.getByText("2 rooms deleted", { exact: true })).toBeVisible();
  await expect(chatPage.room("Timetables")).toBeVisible();
  await expect(chatPage.room("Signals")).toHaveCount(0);

  await page.getByLabel("A file with rooms").setInputFiles(await download.path());
  await expect(chatPage.room("Signals")).toBeVisible();
  await page.getByRole("button", { name: "Select", exact: true }).click();
  await box("Select all").check();
  await expect(page.getByText("3 selected")).toBeVisible();
  await box("Bread").uncheck();
  await expect(page.getByText("2 selected")).toBeVisible();
  if (viewport === null || viewport.width >= 1_024) {
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Select", exact: true })).toBeVisible();
  }
});

test("a room that is deleted in one tab is gone from the other", async ({ page, chatPage, context }) => {
  await serveCompletion(page, ["Noted."], "done");
  await chatPage.ask("Open twice");
  await chatPage.isAnswered();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByText("This room is open in another tab")).toBeVisible();
  await chatPage.roomMenu("Open twice", "Delete");
  await page.getByRole("button", { name: "Delete room" }).click();
  await expect(other.getByText("“Open twice” was deleted in another tab", { exact: true })).toBeVisible();
  await expect(other.getByRole("article")).toHaveCount(0);
  await expect(other.getByLabel("Message", { exact: true })).toBeVisible();
});
