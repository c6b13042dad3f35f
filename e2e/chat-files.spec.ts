import { deflateSync } from "node:zlib";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { filesIn } from "./fixtures/files-in";
import { serveDeltas } from "./fixtures/serve-completion";
import { expect, test } from "./fixtures/test";

const MB = 1_048_576;
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
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "all.zip" })).toBeHidden();
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

test("files are dropped anywhere on the room, and each that cannot be sent says why", async ({ page, chatPage }) => {
  await chatPage.isReady();
  const dropped = await filesIn(page, [
    { name: "plan.pdf", starts: PDF.toString("latin1") },
    { name: "notes.ts", starts: "export const left = true;" },
    { name: "large.png", starts: "\x89PNG\r\n\x1a\n", bytes: 21 * MB },
    { name: "film.mp4", starts: "\0\0\0\x18ftypmp42" },
    { name: "engine", starts: "\x7fELF\0\xff" },
    { name: "nothing.txt", starts: "" },
  ]);
  // The middle of the room, far from where questions are written.
  const room = page.getByRole("heading", { name: "What would you like to ask?" });
  await room.dispatchEvent("dragenter", { dataTransfer: dropped });
  await room.dispatchEvent("dragover", { dataTransfer: dropped });
  await expect(page.getByText("Drop the files here")).toBeVisible();
  await expectGoodPage(page);
  await room.dispatchEvent("drop", { dataTransfer: dropped });
  await expect(page.getByText("Drop the files here")).toBeHidden();

  await expect(chatPage.files.getByRole("listitem")).toHaveText([/plan\.pdf/, /notes\.ts/]);
  const refused = page.getByRole("alert").getByRole("listitem");
  await expect(refused).toHaveText([
    /^large\.png: Images may have 20 MB at most; this one has 21\.0\.$/,
    /^film\.mp4: Videos can be sent through the API only\.$/,
    /^engine: Only images, PDFs, recordings and text can be sent\.$/,
    /^nothing\.txt: The file is empty\.$/,
  ]);
  await expectGoodPage(page);

  await page.getByRole("button", { name: "Remove plan.pdf" }).click();
  await expect(chatPage.files.getByRole("listitem")).toHaveText([/notes\.ts/]);
  // The focus stays among the files.
  await expect(page.getByRole("button", { name: "Remove notes.ts" })).toBeFocused();
});

test("a question has so many bytes and files, and no more", async ({ page, chatPage }) => {
  await chatPage.isReady();
  const room = page.getByRole("heading", { name: "What would you like to ask?" });
  const pdf = (name: string, bytes: number) => ({ name, starts: "%PDF-1.4", bytes });
  await room.dispatchEvent("drop", {
    dataTransfer: await filesIn(page, [pdf("one.pdf", 35 * MB), pdf("two.pdf", 30 * MB), pdf("three.pdf", 20 * MB)]),
  });
  // The one that is too much is refused, and not those that fit beside it.
  await expect(chatPage.files.getByRole("listitem")).toHaveText([/one\.pdf/, /three\.pdf/]);
  await expect(page.getByRole("alert").getByRole("listitem")).toHaveText([/^two\.pdf: .*60 MB at most.*65\.0/]);

  const notes = Array.from({ length: 20 }, (_, index) => ({ name: `${index}.txt`, starts: "Keep left." }));
  await room.dispatchEvent("drop", { dataTransfer: await filesIn(page, notes) });
  await expect(chatPage.files.getByRole("listitem")).toHaveCount(20);
  await expect(page.getByRole("alert").getByRole("listitem")).toHaveText([
    /^18\.txt: .*20 files at most/,
    /^19\.txt: .*20 files at most/,
  ]);
});

test("files are picked with the keyboard, and text that was copied from an office program stays text", async ({
  page,
  chatPage,
}) => {
  await chatPage.isReady();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).focus();
  await page.keyboard.press("Enter");
  await (await choosing).setFiles({ name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from("Keep left.") });
  await expect(chatPage.files.getByRole("listitem")).toHaveText([/notes\.md/]);
  await page.getByRole("button", { name: "Remove notes.md" }).focus();
  await page.keyboard.press("Enter");
  await expect(chatPage.files).toBeHidden();
  await expect(chatPage.message).toBeFocused();

  const isTaken = await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "1\t2");
    data.setData("text/html", "<table></table>");
    data.items.add(new File(["\x89PNG\r\n\x1a\n"], "table.png", { type: "image/png" }));
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.getElementById("composer")?.dispatchEvent(event);
    return event.defaultPrevented;
  });
  expect(isTaken).toBe(false);
  await expect(chatPage.files).toBeHidden();
});

test("a picture that a model drew opens large and can be saved", async ({ page, chatPage }) => {
  await chatPage.isReady();
  await page.getByRole("button", { name: "Image", exact: true }).click();
  // Nobody in the room draws yet: it offers those who do.
  await expect(page.getByRole("dialog", { name: "Add a model" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Draws" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Not asked this time" })).toBeVisible();
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
