import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, test } from "./fixtures/test";

/** Has no search of its own, so that ours finds the pages. */
const MODEL = "meta-llama/llama-3.3-70b-instruct";

test.beforeEach(({ person: _signedIn }) => {});

test("with Web on, the answer lists the pages that it rests on, with titles and links", async ({ page, chatPage }) => {
  await chatPage.open(MODEL);
  const web = page.getByRole("button", { name: "Web", exact: true });
  await expect(web).toHaveAttribute("aria-pressed", "false");
  await web.click();
  await expect(web).toHaveAttribute("aria-pressed", "true");

  const [request] = await Promise.all([
    page.waitForRequest("**/api/v1/chat/completions"),
    chatPage.ask("Which signal boxes are still in use?"),
  ]);
  expect(request.postDataJSON()).toMatchObject({ plugins: [{ id: "web" }] });
  await chatPage.isAnswered();

  const sources = chatPage.answers.getByRole("list", { name: "Sources" }).getByRole("link");
  await expect(sources).toHaveCount(5);
  for (const source of await sources.all()) {
    await expect(source).toHaveText(/^Which signal boxes are still in use: /);
    await expect(source).toHaveAttribute("href", /^https:\/\/[a-z]+\.example\//);
  }
  // The text links to them, too.
  const href = (await sources.first().getAttribute("href")) ?? "";
  await expect(chatPage.answers.locator(`a[href="${href}"]`)).toHaveCount(2);
  await expectGoodPage(page);

  await web.click();
  await chatPage.ask("And now without the web?");
  await expect(chatPage.answers).toHaveCount(2);
  await chatPage.isAnswered();
  await expect(chatPage.answers.last().getByRole("list", { name: "Sources" })).toHaveCount(0);
});
