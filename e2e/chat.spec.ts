import { expectGoodPage } from "./fixtures/expect-good-page";
import { serveCompletion } from "./fixtures/serve-completion";
import { expect, PHONE, test } from "./fixtures/test";

test.beforeEach(({ person: _signedIn }) => {});

test("an answer streams in and says who gave it, how fast and for how much", PHONE, async ({ page, chatPage }) => {
  await expectGoodPage(page);
  await chatPage.ask("Explain a railway signal box and show a table.");
  await expect(chatPage.stop).toBeVisible();
  await expect(chatPage.tryAgain).toBeVisible();

  await expect(chatPage.answers).toHaveCount(1);
  await expect(chatPage.fact("Model")).toHaveText(/\S+\/\S+/);
  await expect(chatPage.fact("Provider")).toHaveText(/\S/);
  await expect(chatPage.fact("Tokens")).toHaveText(/^[\d,]+ → [\d,]+$/);
  await expect(chatPage.fact("Cost")).toHaveText(/^\$[\d.]+$/);
  await expect(chatPage.fact("First token")).toHaveText(/^[\d.]+ m?s$/);
  await expect(chatPage.answers).toContainText("sandbox");
  await expect(chatPage.announcement).toHaveText(/^Answer: \S/);
  await expectGoodPage(page);
});

test("Enter sends, Shift+Enter adds a line", async ({ page, chatPage }) => {
  await serveCompletion(page, ["Fine."], "done");
  await chatPage.message.fill("first");
  await chatPage.message.press("Shift+Enter");
  await chatPage.message.pressSequentially("second");
  await expect(chatPage.message).toHaveValue("first\nsecond");
  await chatPage.message.press("Enter");
  await expect(chatPage.message).toHaveValue("");
  await expect(chatPage.answers).toHaveText(/Fine\./);
});

test("the model is told what was said before", async ({ page, chatPage }) => {
  await serveCompletion(page, ["Pleased to meet you."], "done");
  await chatPage.ask("I am Ada.");
  await expect(chatPage.tryAgain).toBeVisible();
  const sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("Who am I?");
  expect((await sent).postDataJSON().messages).toEqual([
    { role: "user", content: "I am Ada." },
    { role: "assistant", content: "Pleased to meet you." },
    { role: "user", content: "Who am I?" },
  ]);
});

test("stopping keeps what had arrived, and says what it cost", async ({ chatPage }) => {
  await chatPage.ask("Write a very long story about a railway, at least 800 words.");
  await expect(chatPage.fact("First token")).toBeVisible();
  await chatPage.stop.click();
  await expect(chatPage.answers).toContainText("You stopped this answer.");
  await expect(chatPage.send).toBeVisible();
  await expect(chatPage.fact("Cost")).toHaveText(/^\$[\d.]+$/);
});

test("a lost connection keeps what had arrived and offers another try", PHONE, async ({ page, chatPage }) => {
  await serveCompletion(page, ["Half an ", "answer"], "lost");
  await chatPage.ask("Go on.");
  await expect(chatPage.answers).toContainText("Half an answer");
  await expect(chatPage.answers.getByRole("alert")).toContainText("The connection was lost");
  await expectGoodPage(page);

  await page.unroute("**/api/v1/chat/completions");
  await serveCompletion(page, ["A whole one."], "done");
  await chatPage.tryAgain.click();
  await expect(chatPage.answers).toHaveCount(1);
  await expect(chatPage.answers).toContainText("A whole one.");
});

test("a refusal is shown in the API's words", async ({ page, chatPage }) => {
  const error = { code: 402, message: "Insufficient credits for this request" };
  await page.route("**/api/v1/chat/completions", (route) => route.fulfill({ status: 402, json: { error } }));
  await chatPage.ask("Hello?");
  await expect(chatPage.answers.getByRole("alert")).toHaveText("Insufficient credits for this request (error 402)");
});

test("an answer's HTML stays text, and its links and pictures do no harm", async ({ page, chatPage }) => {
  const answer = [
    'Raw <img src=x onerror="document.title=1"> <script>document.title="broken in"</script>',
    "[run](javascript:document.title='broken in') and [read](https://example.com/)",
    "![a picture](https://example.com/pixel.png)",
  ];
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL(page.url()).origin)) foreign.push(request.url());
  });
  await serveCompletion(page, [answer.join("\n\n")], "done");
  await chatPage.ask("Be evil.");
  await expect(chatPage.answers).toContainText("<script>");
  await expect(chatPage.answers.locator("img, script")).toHaveCount(0);
  await expect(chatPage.answers.getByText("run")).not.toHaveAttribute("href", /javascript/);
  const link = chatPage.answers.getByRole("link", { name: "read" });
  await expect(link).toHaveAttribute("rel", /noopener/);
  await expect(page).toHaveTitle("Chat · Signalbox");
  expect(foreign).toEqual([]);
});

test("a model is found and chosen with the keyboard alone", PHONE, async ({ page, chatPage }) => {
  await chatPage.modelButton.focus();
  await page.keyboard.press("Enter");
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
  await expect(chatPage.modelButton).toBeFocused();

  const sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("Hi");
  expect((await sent).postDataJSON().model).toMatch(/llama/);
});

test("the address chooses the model", async ({ page, chatPage }) => {
  await chatPage.modelButton.click();
  await chatPage.modelOptions.nth(3).click();
  const chosen = await chatPage.modelButton.textContent();
  await page.reload();
  await expect(chatPage.modelButton).toHaveText(chosen ?? "");
});
