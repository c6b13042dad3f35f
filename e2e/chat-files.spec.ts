import { deflateSync } from "node:zlib";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { serveCompletion, serveDeltas } from "./fixtures/serve-completion";
import { expect, test } from "./fixtures/test";

const PDF = Buffer.from("%PDF-1.4\n1 0 obj << /Type /Pages /Kids [] /Count 3 >> endobj\n%%EOF");
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const ZIP = Buffer.concat([Buffer.from("PK\x03\x04\x14\0", "latin1"), deflateSync(Buffer.from("text"))]);

test.beforeEach(({ person: _signedIn }) => {});

test("files are checked, shown, sent, and what was read of them is sent back", async ({ page, chatPage }) => {
  await chatPage.isReady();
  await page.getByLabel("Files to attach").setInputFiles([
    { name: "plan.pdf", mimeType: "application/pdf", buffer: PDF },
    { name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from("# Notes\n\nKeep left.") },
    { name: "all.zip", mimeType: "application/zip", buffer: ZIP },
  ]);
  await expect(chatPage.files.getByRole("listitem")).toHaveCount(2);
  await expect(chatPage.files).toContainText("PDF, 3 pages");
  await expect(page.getByRole("alert").filter({ hasText: "all.zip" })).toContainText("save it as PDF or text");
  await page.evaluate(
    ([base64]) => {
      const bytes = Uint8Array.from(atob(base64 ?? ""), (character) => character.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], "pasted.png", { type: "image/png" }));
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.getElementById("composer")?.dispatchEvent(event);
    },
    [PNG.toString("base64")],
  );
  await expect(chatPage.files.getByRole("img", { name: "Open pasted.png" })).toBeVisible();
  await expectGoodPage(page);

  await page.getByLabel("Read PDFs with").selectOption("pdf-text");
  const annotation = {
    type: "file",
    file: { hash: "abc", name: "plan.pdf", content: [{ type: "text", text: "Plan" }] },
  };
  await serveDeltas(page, [{ content: "Read." }, { annotations: [annotation] }], "done");
  let sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("What is in there?");
  const body = (await sent).postDataJSON();
  expect(body.messages[0].content.map(({ type }: { type: string }) => type)).toEqual([
    "text",
    "file",
    "text",
    "image_url",
  ]);
  expect(body.plugins).toEqual([{ id: "file-parser", pdf: { engine: "pdf-text" } }]);
  await chatPage.isAnswered();
  sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("And besides?");
  expect((await sent).postDataJSON().messages[1]).toMatchObject({ role: "assistant", annotations: [annotation] });
});

test("a picture that a model drew opens large and can be saved", async ({ page, chatPage }) => {
  await chatPage.isReady();
  await page.getByRole("button", { name: "Image", exact: true }).click();
  // Nobody in the room draws yet: it offers those who do.
  await expect(page.getByRole("dialog", { name: "Add a model" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Draws" })).toHaveAttribute("aria-pressed", "true");
  await chatPage.modelOptions.first().click();
  await page.getByRole("button", { name: /^Aspect ratio/ }).click();
  await page.getByRole("menuitemradio", { name: "16:9" }).click();
  await page.keyboard.press("Escape");
  const url = `data:image/png;base64,${PNG.toString("base64")}`;
  await serveDeltas(page, [{ images: [{ type: "image_url", image_url: { url } }] }], "done");
  const sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("A signal box at night");
  expect((await sent).postDataJSON()).toMatchObject({
    modalities: ["image", "text"],
    image_config: { aspect_ratio: "16:9" },
  });
  await page.getByRole("img", { name: /^Open picture/ }).click();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  expect((await downloading).suggestedFilename()).toBe("picture.png");
});

test("tools run as steps: the harmless ones at once, others when they are allowed", async ({ page, chatPage }) => {
  await chatPage.isReady();
  await page.getByRole("button", { name: "Tools", exact: true }).click();
  const call = (id: string, name: string, given: object) => ({
    tool_calls: [{ index: 0, id, type: "function", function: { name, arguments: JSON.stringify(given) } }],
  });
  // The last one that was set up answers first.
  await serveCompletion(page, ["That makes 42."], "done");
  await serveDeltas(page, [call("c2", "fetch_url", { url: "http://127.0.0.1:1/" })], "done", { times: 1 });
  await serveDeltas(page, [call("c1", "calculator", { expression: "6*7" })], "done", { times: 1 });
  await chatPage.ask("What is six times seven?");
  await expect(page.getByText("May fetch_url run?")).toBeVisible();
  await expectGoodPage(page);
  const sent = page.waitForRequest("**/api/v1/chat/completions");
  await page.getByRole("button", { name: "Allow once" }).click();
  const tools = (await sent).postDataJSON().messages.filter(({ role }: { role: string }) => role === "tool");
  expect(tools).toMatchObject([
    { content: "42" },
    { content: expect.stringMatching(/does not lead to a public host/) },
  ]);
  await expect(chatPage.answers).toContainText("That makes 42.");
  await page.getByText("calculator", { exact: true }).click();
  await expect(page.getByRole("definition").filter({ hasText: /^42$/ })).toBeVisible();
});
