import { makePdf } from "@/lib/testing/make-documents";
import { expect, test } from "./fixtures/test";

const PLAN = makePdf(["The lever frame has 42 levers.", "Signal 7 is red."]);

test.beforeEach(({ person: _signedIn }) => {});

test("a model that reads no files is told the words of a PDF, and the next question does not have it read again", async ({
  page,
  chatPage,
}) => {
  // Two answers of the sandbox, on machines that build meanwhile.
  test.slow();
  await chatPage.open("deepseek/deepseek-v4-flash");
  await page
    .getByLabel("Files to attach")
    .setInputFiles([{ name: "plan.pdf", mimeType: "application/pdf", buffer: PLAN }]);
  await expect(chatPage.files).toContainText("plan.pdf");
  await page.getByLabel("Read PDFs with").selectOption("pdf-text");

  // The sandbox says back what follows: the words of the file, if it was told them.
  await chatPage.ask("Repeat:");
  await chatPage.isAnswered();
  await expect(chatPage.answers.last()).toContainText("The lever frame has 42 levers.");
  await expect(chatPage.answers.last()).toContainText("Signal 7 is red.");
  let asked = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("And which signal is red?");
  const [question, answer] = (await asked).postDataJSON().messages;
  expect(question.content.map(({ type }: { type: string }) => type)).toEqual(["text", "file"]);
  expect(answer.annotations).toMatchObject([{ type: "file", file: { name: "plan.pdf" } }]);
  await chatPage.isAnswered();
  await expect(chatPage.answers).toHaveCount(2);
  // Of a file that is read, or was not long ago, the answer tells; of one that the page has told of, it does not.
  asked = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("Thank you.");
  expect((await asked).postDataJSON().messages[3]).not.toHaveProperty("annotations");
});
