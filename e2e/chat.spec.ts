import { expectGoodPage } from "./fixtures/expect-good-page";
import { serveCompletion } from "./fixtures/serve-completion";
import { expect, PHONE, test } from "./fixtures/test";

test.beforeEach(({ person: _signedIn }) => {});

test("an answer streams in and says who gave it, how fast and for how much", PHONE, async ({ page, chatPage }) => {
  await chatPage.isReady();
  await expectGoodPage(page);
  await chatPage.ask("Explain a railway signal box and show a table.");
  await expect(chatPage.stop).toBeVisible();
  await chatPage.isAnswered();

  await expect(chatPage.answers).toHaveCount(1);
  await expect(chatPage.fact("Model")).toHaveText(/\S+\/\S+/);
  await expect(chatPage.fact("Provider")).toHaveText(/\S/);
  await expect(chatPage.fact("Tokens")).toHaveText(/^[\d,]+ → [\d,]+$/);
  await expect(chatPage.fact("Cost")).toHaveText(/^\$[\d.]+$/);
  await expect(chatPage.fact("First token")).toHaveText(/^[\d.]+ m?s$/);
  await expect(chatPage.answers).toContainText("sandbox");
  await expect(chatPage.announcement).toHaveText(/^Answer: \S/);
  await expect(page.getByText(/^This room: \$[\d.]+/)).toBeVisible();
  await expectGoodPage(page);
});

test("Enter sends, Shift+Enter adds a line; before sending its cost is guessed", async ({ page, chatPage }) => {
  await serveCompletion(page, ["Fine."], "done");
  await chatPage.isReady();
  await chatPage.message.fill("first");
  await expect(page.getByText(/≈ \d+ tokens, \$[\d.]+–\$[\d.]+/)).toBeVisible();
  await chatPage.message.press("Shift+Enter");
  await chatPage.message.pressSequentially("second");
  await expect(chatPage.message).toHaveValue("first\nsecond");
  await chatPage.message.press("Enter");
  await expect(chatPage.message).toHaveValue("");
  await expect(chatPage.answers).toHaveText(/Fine\./);
});

test("a question can be asked in other words, an answer be asked for again; both ways are kept", async ({
  page,
  chatPage,
}) => {
  await serveCompletion(page, ["Pleased to meet you."], "done");
  await chatPage.ask("I am Ada.");
  await chatPage.isAnswered();
  let sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("Who am I?");
  expect((await sent).postDataJSON().messages).toEqual([
    { role: "user", content: "I am Ada." },
    { role: "assistant", content: "Pleased to meet you." },
    { role: "user", content: "Who am I?" },
  ]);
  await chatPage.isAnswered();

  await chatPage.message.press("ArrowUp");
  await page.getByLabel("Edit the question").fill("Who was I?");
  sent = page.waitForRequest("**/api/v1/chat/completions");
  await page.getByLabel("Edit the question").press("Enter");
  expect((await sent).postDataJSON().messages.at(-1)).toEqual({ role: "user", content: "Who was I?" });
  await expect(page.getByLabel("question 2 of 2")).toBeVisible();
  await page.getByRole("button", { name: "Earlier question" }).click();
  await expect(page.getByText("Who am I?")).toBeVisible();

  await page.unroute("**/api/v1/chat/completions");
  await serveCompletion(page, ["Another answer."], "done");
  await chatPage.tryAgain.first().click();
  await expect(chatPage.answers.getByText("Another answer.")).toBeVisible();
  // What went on from the earlier answer belongs to that one.
  await expect(page.getByText("Who am I?")).toBeHidden();
  await page.getByRole("button", { name: "Earlier answer" }).click();
  await expect(page.getByText("Who am I?")).toBeVisible();

  await page.getByRole("button", { name: "Delete", exact: true }).last().click();
  await expect(page.getByText("Who am I?")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Who am I?")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Who am I?")).toBeVisible();
});

test("stopping keeps what had arrived and says what it cost; the answer can go on", async ({ page, chatPage }) => {
  await chatPage.ask("Write a very long story about a railway, at least 800 words.");
  await expect(chatPage.fact("Tokens")).toHaveText(/≈ \d/);
  await chatPage.stop.click();
  await expect(chatPage.answers).toContainText("You stopped this answer.");
  await expect(chatPage.send).toBeVisible();
  await expect(chatPage.fact("Cost")).toHaveText(/^\$[\d.]+$/);

  await serveCompletion(page, [" THE END"], "done");
  const sent = page.waitForRequest("**/api/v1/chat/completions");
  await page.getByRole("button", { name: "Continue" }).click();
  const { messages } = (await sent).postDataJSON();
  expect(messages.map(({ role }: { role: string }) => role)).toEqual(["user", "assistant", "user"]);
  await expect(chatPage.answers).toContainText("THE END");
});

test("an answer's HTML stays text, and its links and pictures do no harm", async ({ page, chatPage }) => {
  const answer = [
    'Raw <img src=x onerror="document.title=1"> <script>document.title="broken in"</script>',
    "[run](javascript:document.title='broken in') and [read](https://example.com/)",
    "![a picture](https://example.com/pixel.png)",
    "A formula: $e^{i\\pi}=-1$, which is not $5 or $10.",
    "```js\nconst answer = 42;\n```",
  ];
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL(page.url()).origin) && !request.url().startsWith("blob:")) {
      foreign.push(request.url());
    }
  });
  await serveCompletion(page, [answer.join("\n\n")], "done");
  await chatPage.ask("Be evil.");
  await expect(chatPage.answers).toContainText("<script>");
  await expect(chatPage.answers.locator("img, script")).toHaveCount(0);
  await expect(chatPage.answers.getByText("run")).not.toHaveAttribute("href", /javascript/);
  await expect(chatPage.answers.getByRole("link", { name: "read" })).toHaveAttribute("rel", /noopener/);
  await expect(chatPage.answers.locator(".katex")).toHaveCount(1);
  await expect(chatPage.answers).toContainText("not $5 or $10");
  await expect(chatPage.answers.locator("code .text-code-keyword")).toHaveText("const");
  await expect(page).toHaveTitle("Chat · Signalbox");
  expect(foreign).toEqual([]);
  await expectGoodPage(page);
});

test("several models answer side by side, behind tabs on a phone", PHONE, async ({ page, chatPage, viewport }) => {
  await chatPage.isReady();
  await page.keyboard.press("Control+j");
  await expect(chatPage.modelSearch).toBeFocused();
  const all = await chatPage.modelOptions.count();
  await page.keyboard.type("llama 3.3");
  await expect(chatPage.modelOptions.first()).toContainText(/llama/i);
  expect(await chatPage.modelOptions.count()).toBeLessThan(all);
  await expectGoodPage(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page).toHaveURL(/\/chat\?models=.*llama/);

  await serveCompletion(page, ["Said."], "done");
  await chatPage.ask("Hello?");
  await expect(page.getByRole("article")).toHaveCount(viewport !== null && viewport.width < 1_024 ? 1 : 2);
  if (viewport !== null && viewport.width < 1_024) {
    await page.getByRole("tab").nth(1).click();
    await expect(page.getByRole("article")).toHaveText(/Llama/);
  }
  await expectGoodPage(page);

  await page.getByRole("button", { name: /^Model: .*Llama/ }).click();
  await page.getByRole("menuitem", { name: "Parameters" }).click();
  await page.getByLabel("Temperature").fill("7");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Must be 0 to 2")).toBeVisible();
  await page.getByLabel("Temperature").fill("0.3");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: /^Model: (?!.*Llama)/ }).click();
  await page.getByRole("menuitem", { name: "Mute" }).click();
  const sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("And now?");
  expect((await sent).postDataJSON()).toMatchObject({ temperature: 0.3, model: expect.stringMatching(/llama/) });
  await expect(page.getByRole("article").filter({ hasText: "Said." }).last()).toBeVisible();
});

test("rooms are found, named, pinned, saved, brought back and deleted; a temporary one leaves no trace", async ({
  page,
  chatPage,
}) => {
  await serveCompletion(page, ["Noted."], "done");
  await chatPage.ask("The first room");
  await chatPage.isAnswered();
  await page.keyboard.press("Control+/");
  await chatPage.ask("Another room");
  await chatPage.isAnswered();
  await expect(chatPage.room("The first room")).toBeVisible();
  await page.getByLabel("Search rooms").fill("another");
  await expect(chatPage.room("The first room")).toBeHidden();
  await page.getByLabel("Search rooms").fill("");

  await chatPage.roomMenu("The first room", "Rename");
  await page.getByLabel("Name of the room").fill("Ledger");
  await page.keyboard.press("Enter");
  await chatPage.roomMenu("Ledger", "Pin");
  await expect(page.getByRole("region", { name: "Pinned" })).toContainText("Ledger");

  const downloading = page.waitForEvent("download");
  await chatPage.roomMenu("Ledger", "Export");
  const path = await (await downloading).path();
  await chatPage.roomMenu("Ledger", "Delete");
  await page.getByRole("button", { name: "Delete room" }).click();
  await expect(chatPage.room("Ledger")).toBeHidden();
  await page.getByLabel("A file with rooms").setInputFiles(path);
  await expect(page.getByText("1 room imported from Signalbox", { exact: true })).toBeVisible();
  await chatPage.room("Ledger").click();
  await expect(chatPage.answers).toContainText("Noted.");

  await page.getByRole("button", { name: "Temporary room" }).click();
  await chatPage.ask("A secret");
  await chatPage.isAnswered();
  await expect(page).toHaveURL(/\/chat$/);
  await page.reload();
  await chatPage.isReady();
  await expect(page.getByText("A secret")).toHaveCount(0);
  await expect(chatPage.room("Ledger")).toBeVisible();

  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder("Find a model, a page or a key")).toBeFocused();
  await page.keyboard.type("ledger");
  await page.keyboard.press("Enter");
  await expect(chatPage.answers).toContainText("Noted.");
  await expectGoodPage(page);
});

test("commands and keys do what they say", async ({ page, chatPage }) => {
  await chatPage.isReady();
  await chatPage.message.fill("/sys");
  await expect(page.getByRole("option", { name: /system prompt/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Answer like a signalman.");
  await page.keyboard.press("Enter");
  await expect(page.getByText("System prompt set", { exact: true })).toBeVisible();
  await chatPage.message.fill("/think high");
  await page.keyboard.press("Enter");
  await chatPage.message.fill("/web");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Web" })).toHaveAttribute("aria-pressed", "true");
  await chatPage.message.fill("/add gpt-4o-mini");
  await page.keyboard.press("Enter");
  await expect(chatPage.models.getByRole("listitem")).toHaveCount(3);

  await serveCompletion(page, ["Aye."], "done");
  const sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("Ready?");
  expect((await sent).postDataJSON()).toMatchObject({
    messages: [{ role: "system", content: "Answer like a signalman." }, { role: "user" }],
    reasoning: { effort: "high" },
    plugins: [{ id: "web" }],
  });
  await page.getByRole("region", { name: "Conversation" }).focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys and commands" })).toBeVisible();
  await expectGoodPage(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await expect(chatPage.message).toBeFocused();
});
