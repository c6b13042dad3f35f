import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { chatFileWith, importChat } from "./fixtures/chat-rooms";
import { serveCompletion, serveDeltas } from "./fixtures/serve-completion";
import { expect, test } from "./fixtures/test";
import type { ChatPage } from "./pages/chat-page";

test.beforeEach(({ person: _signedIn }) => {});

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const PDF = Buffer.from("%PDF-1.4\n1 0 obj << /Type /Pages /Kids [] /Count 3 >> endobj\n%%EOF");

async function textOfDownload(page: Page, start: () => Promise<void>): Promise<{ name: string; text: string }> {
  const downloading = page.waitForEvent("download");
  await start();
  const download = await downloading;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

async function deleteRoom(page: Page, chatPage: ChatPage, title: string): Promise<void> {
  await chatPage.roomMenu(title, "Delete");
  await page.getByRole("button", { name: "Delete room" }).click();
  await expect(chatPage.room(title)).toHaveCount(0);
}

test("a room with files and pictures is exported, deleted, imported and exported again: the same file", async ({
  page,
  chatPage,
}) => {
  await chatPage.isReady();
  await page.getByLabel("Files to attach").setInputFiles([
    { name: "plan.pdf", mimeType: "application/pdf", buffer: PDF },
    { name: "dot.png", mimeType: "image/png", buffer: Buffer.from(PNG, "base64") },
    { name: "never sent.md", mimeType: "text/markdown", buffer: Buffer.from("secret") },
  ]);
  await expect(chatPage.files.getByRole("listitem")).toHaveCount(3);
  await page.getByRole("button", { name: "Remove never sent.md" }).click();
  const url = `data:image/png;base64,${PNG}`;
  await serveDeltas(
    page,
    [{ content: "A picture. " }, { images: [{ type: "image_url", image_url: { url } }] }],
    "done",
  );
  await chatPage.ask("Draw the plan");
  await chatPage.isAnswered();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByLabel("answer 2 of 2")).toBeVisible();
  await chatPage.isAnswered();
  await chatPage.roomMenu("Draw the plan", "Pin");

  const first = await textOfDownload(page, () => chatPage.roomMenu("Draw the plan", "Export"));
  expect(first.name).toBe("chat-draw-the-plan.json");
  const { exportedAt: _first, ...before } = JSON.parse(first.text);
  expect(before.files).toHaveLength(4);
  expect(first.text).not.toContain(Buffer.from("secret").toString("base64"));
  await deleteRoom(page, chatPage, "Draw the plan");

  await importChat(page, first.text);
  await chatPage.room("Draw the plan").click();
  await expect(page.getByRole("img", { name: /^Open / })).toHaveCount(2);
  const second = await textOfDownload(page, () => chatPage.roomMenu("Draw the plan", "Export"));
  const { exportedAt: _second, ...after } = JSON.parse(second.text);
  expect(after).toEqual(before);
});

test("a file that is read twice makes nothing twice, and the open room shows what was read", async ({
  page,
  chatPage,
}) => {
  await chatPage.isReady();
  const short = chatFileWith([{ title: "Again", turns: [{ asks: "One?", says: "First." }] }]);
  const long = chatFileWith([
    {
      title: "Again",
      turns: [
        { asks: "One?", says: "First." },
        { asks: "Two?", says: "Second." },
      ],
    },
  ]);
  await importChat(page, short);
  await chatPage.room("Again").click();
  await expect(chatPage.answers).toHaveCount(1);
  await importChat(page, long);
  await expect(chatPage.answers).toHaveCount(2);
  await importChat(page, long);
  await expect(chatPage.answers).toHaveCount(2);
  await expect(chatPage.room("Again")).toHaveCount(1);
});

const OPENROUTER = {
  version: "orpg.3.0",
  title: "From OpenRouter",
  characters: { one: { model: "acme/one" } },
  messages: {
    q: { id: "q", characterId: "USER", type: "user", createdAt: "2026-01-01T00:00:01.000Z", items: [{ id: "iq" }] },
    a: {
      id: "a",
      characterId: "one",
      type: "assistant",
      parentMessageId: "q",
      createdAt: "2026-01-01T00:00:02.000Z",
      items: [{ id: "ia" }],
    },
  },
  items: {
    iq: { data: { type: "message", role: "user", content: [{ type: "input_text", text: "Asked elsewhere" }] } },
    ia: { data: { type: "message", role: "assistant", content: [{ type: "output_text", text: "Said elsewhere" }] } },
  },
};

const OPEN_WEBUI = [
  {
    title: "From Open WebUI",
    created_at: 1_763_690_000,
    chat: {
      history: {
        messages: {
          q: { id: "q", parentId: null, role: "user", content: "Asked elsewhere", timestamp: 1_763_690_001 },
          a: {
            id: "a",
            parentId: "q",
            role: "assistant",
            model: "m",
            content: "Said elsewhere",
            timestamp: 1_763_690_002,
          },
        },
        currentId: "a",
      },
    },
  },
];

const said = (id: string, parent: string | null, role: string, text: string, seconds: number) => ({
  id,
  parent,
  children: [],
  message: {
    author: { role },
    create_time: seconds,
    content: { content_type: "text", parts: [text] },
    metadata: { model_slug: "gpt-4o" },
  },
});
const CHATGPT = [
  {
    title: "From ChatGPT",
    create_time: 1,
    current_node: "a",
    mapping: {
      root: { id: "root", parent: null, children: ["q"], message: null },
      q: said("q", "root", "user", "Asked elsewhere", 1),
      a: said("a", "q", "assistant", "Said elsewhere", 2),
    },
  },
];

for (const { from, file } of [
  { from: "OpenRouter", file: OPENROUTER },
  { from: "Open WebUI", file: OPEN_WEBUI },
  { from: "ChatGPT", file: CHATGPT },
]) {
  test(`a file of ${from} becomes a room that can be asked on`, async ({ page, chatPage }) => {
    await chatPage.isReady();
    await importChat(page, file);
    await expect(page.getByText(`1 room imported from ${from}`, { exact: true })).toBeVisible();
    await chatPage.room(`From ${from}`).click();
    await expect(chatPage.answers).toContainText("Said elsewhere");
    await serveCompletion(page, ["Said here."], "done");
    const sent = page.waitForRequest("**/api/v1/chat/completions");
    await chatPage.ask("And now?");
    expect((await sent).postDataJSON().messages).toEqual([
      { role: "user", content: "Asked elsewhere" },
      { role: "assistant", content: "Said elsewhere" },
      { role: "user", content: "And now?" },
    ]);
    await page.reload();
    await expect(chatPage.answers).toHaveCount(2);
  });
}

test("a file that holds no rooms, or damaged ones, is refused in words and changes nothing", async ({
  page,
  chatPage,
}) => {
  await chatPage.isReady();
  const good = chatFileWith([{ title: "Here before", turns: [{ asks: "One?", says: "First." }] }]);
  await importChat(page, good);
  await expect(chatPage.room("Here before")).toBeVisible();
  const [room] = good.rooms;
  const refused: readonly { file: unknown; because: RegExp }[] = [
    { file: "\u0000\u0001 no text at all", because: /not JSON/ },
    { file: { hello: "world" }, because: /must come from here, OpenRouter, Open WebUI or ChatGPT/ },
    { file: { ...good, rooms: [] }, because: /no room in this file/ },
    { file: { ...good, rooms: [room, { ...room, id: "other", turns: 7 }] }, because: /damaged at rooms\.1\.turns/ },
    {
      file: { ...good, rooms: [{ ...room, id: "other" }] },
      because: /damaged at rooms\.0\.turns\.0: is of another room/,
    },
  ];
  for (const { file, because } of refused) {
    await importChat(page, file);
    const notice = page.getByRole("listitem").filter({ hasText: because });
    await expect(notice).toContainText("Nothing was imported");
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect(notice).toBeHidden();
  }
  await page.reload();
  await expect(page.getByText("1 room", { exact: true })).toBeVisible();
  await chatPage.room("Here before").click();
  await expect(chatPage.answers).toHaveText(/First\./);
});

test("a room is saved as markdown, and handed to the system where it takes files", async ({ page, chatPage }) => {
  await page.addInitScript(() => {
    const shared: unknown[] = [];
    Object.assign(window, { shared });
    Object.assign(navigator, {
      canShare: ({ files }: { files?: File[] }) => files?.every(({ type }) => type === "text/plain") ?? false,
      share: async ({ title, files }: { title: string; files: File[] }) => {
        for (const file of files) shared.push({ title, name: file.name, text: await file.text() });
      },
    });
  });
  await page.reload();
  await chatPage.isReady();
  const call = {
    index: 0,
    id: "c1",
    type: "function",
    function: { name: "calculator", arguments: '{"expression":"6*7"}' },
  };
  const citation = { type: "url_citation", url_citation: { url: "https://example.com/42", title: "Forty-two" } };
  await serveDeltas(page, [{ content: "It is 42." }, { annotations: [citation] }], "done");
  await serveDeltas(page, [{ tool_calls: [call] }], "done", { times: 1 });
  await page.getByRole("button", { name: "Tools", exact: true }).click();
  await page
    .getByLabel("Files to attach")
    .setInputFiles({ name: "sum.md", mimeType: "text/markdown", buffer: Buffer.from("6*7") });
  await expect(chatPage.files.getByRole("listitem")).toHaveCount(1);
  await chatPage.ask("How much is six times seven?");
  await expect(chatPage.answers).toContainText("It is 42.");
  await chatPage.isAnswered();

  const title = "How much is six times seven?";
  const saved = await textOfDownload(page, () => chatPage.roomMenu(title, "Save as markdown"));
  expect(saved.name).toBe("how-much-is-six-times-seven.md");
  for (const part of [
    `# ${title}`,
    "## You",
    "- sum.md",
    "**Tool** `calculator`",
    '{"expression":"6*7"}',
    "Gave:\n\n```\n42\n```",
    "It is 42.",
    "1. [Forty-two](https://example.com/42)",
  ]) {
    expect(saved.text).toContain(part);
  }
  await chatPage.roomMenu(title, "Share");
  const shared = () => page.evaluate(() => ("shared" in window ? window.shared : undefined));
  await expect.poll(shared).toEqual([{ title, name: "how-much-is-six-times-seven.txt", text: saved.text }]);

  await page.getByRole("button", { name: "Room settings" }).click();
  const again = await textOfDownload(page, () => page.getByRole("button", { name: "Save as markdown" }).click());
  expect(again.text).toBe(saved.text);
  await page.getByRole("dialog").getByRole("button", { name: "Share" }).click();
  await expect.poll(async () => JSON.stringify(await shared()).match(/"name"/g)).toHaveLength(2);
});

test("where the system takes no files, nothing is offered; rooms are exported while a temporary one is open", async ({
  page,
  chatPage,
}) => {
  await page.addInitScript(() => Object.assign(navigator, { canShare: () => false }));
  await page.reload();
  await chatPage.isReady();
  await importChat(page, chatFileWith([{ title: "Kept", turns: [{ asks: "One?", says: "First." }] }]));
  await page.getByRole("button", { name: "Temporary room" }).click();
  await chatPage.room("Kept").hover();
  await page.getByRole("button", { name: "More for Kept" }).click();
  await expect(page.getByRole("menuitem", { name: "Save as markdown" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Share" })).toHaveCount(0);
  const { text } = await textOfDownload(page, () => page.getByRole("menuitem", { name: "Export" }).click());
  expect(JSON.parse(text).rooms).toHaveLength(1);
  await page.getByRole("button", { name: "Import and export" }).click();
  const all = await textOfDownload(page, () => page.getByRole("menuitem", { name: "Export all rooms" }).click());
  expect(JSON.parse(all.text).rooms).toHaveLength(1);
});
