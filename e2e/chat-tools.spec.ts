import type { Page } from "@playwright/test";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { serveCompletion, serveDeltas } from "./fixtures/serve-completion";
import { startToolServer } from "./fixtures/start-tool-server";
import { expect, test } from "./fixtures/test";
import type { ChatPage } from "./pages/chat-page";
import { ToolsDialog } from "./pages/tools-dialog";

type Call = { name: string; given?: object };

test.beforeEach(({ person: _signedIn }) => {});

const call = ({ name, given = {} }: Call, index: number) => ({
  tool_calls: [{ index, id: `c${index}`, type: "function", function: { name, arguments: JSON.stringify(given) } }],
});

/** Asks something to which the model answers with these calls, all at once, and then with words. */
async function askForCalls(page: Page, chatPage: ChatPage, ...calls: readonly Call[]): Promise<void> {
  await page.unrouteAll({ behavior: "wait" });
  // The last one that was set up answers first.
  await serveCompletion(page, ["So it is."], "done");
  await serveDeltas(page, calls.map(call), "done", { times: 1 });
  await chatPage.ask("How is it?");
}

/** What the model is told of its calls, in their order. */
async function results(page: Page): Promise<string[]> {
  const request = await page.waitForRequest(
    (asked) => asked.url().endsWith("/api/v1/chat/completions") && asked.postDataJSON().messages.at(-1).role === "tool",
  );
  const { messages } = request.postDataJSON();
  const last = messages.findLastIndex(({ role }: { role: string }) => role !== "tool");
  return messages.slice(last + 1).map(({ content }: { content: string }) => content);
}

async function turnToolsOn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Tools", exact: true }).click();
  await expect(page.getByRole("button", { name: "Tools", exact: true })).toHaveAttribute("aria-pressed", "true");
}

test("tools run as steps: the harmless ones at once, an address when it is allowed", async ({ page, chatPage }) => {
  await chatPage.isReady();
  await turnToolsOn(page);
  const told = results(page);
  await askForCalls(
    page,
    chatPage,
    { name: "calculator", given: { expression: "6*7" } },
    { name: "fetch_url", given: { url: "http://good.example@127.0.0.1:1/a?b=c" } },
    { name: "fetch_url", given: { url: "file:///etc/passwd" } },
  );
  const question = page.getByRole("alert").filter({ hasText: "May this address be fetched?" });
  // What would be fetched, and not what it looks like.
  await expect(question).toContainText("http://127.0.0.1:1/a?b=c");
  await expect(question.getByRole("button")).toHaveText(["Allow once", "Always allow 127.0.0.1:1", "Refuse"]);
  await expectGoodPage(page);
  await question.getByRole("button", { name: "Allow once" }).click();
  expect(await told).toEqual([
    "42",
    expect.stringMatching(/does not lead to a public host/),
    "url must be an http(s) address.",
  ]);
  await expect(chatPage.answers).toContainText("So it is.");
  await page.getByText("calculator", { exact: true }).click();
  await expect(page.getByRole("definition").filter({ hasText: /^42$/ })).toBeVisible();
});

test("an address is allowed for its host and for no other", async ({ page, chatPage }) => {
  await chatPage.isReady();
  await turnToolsOn(page);
  const fetched = (url: string) => ({ name: "fetch_url", given: { url } });
  let told = results(page);
  // The first answer allows the second as well: it is the same host.
  await askForCalls(page, chatPage, fetched("http://127.0.0.1:1/a"), fetched("http://127.0.0.1:1/b"));
  await page.getByRole("button", { name: "Always allow 127.0.0.1:1" }).first().click();
  expect(await told).toHaveLength(2);
  await expect(chatPage.stop).toBeHidden();

  told = results(page);
  await askForCalls(page, chatPage, fetched("http://127.0.0.1:1/c"), fetched("http://127.0.0.1:2/c"));
  await expect(page.getByRole("button", { name: "Always allow 127.0.0.1:2" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Always allow 127.0.0.1:1" })).toHaveCount(0);
  await page.getByRole("button", { name: "Refuse" }).click();
  expect((await told)[1]).toMatch(/did not allow/);
  await expect(chatPage.stop).toBeHidden();

  const dialog = new ToolsDialog(page);
  await dialog.open();
  await expect(dialog.dialog).toContainText("Always: 127.0.0.1:1");
  await dialog.dialog.getByRole("button", { name: "Ask again before 127.0.0.1:1" }).click();
  await expect(dialog.dialog).not.toContainText("Always: 127.0.0.1:1");
});

test("a tool server's tools are listed, and each call is allowed once, always or not", async ({ page, chatPage }) => {
  test.slow();
  const server = await startToolServer();
  const dialog = new ToolsDialog(page);
  await chatPage.isReady();
  await turnToolsOn(page);
  await dialog.open();
  await dialog.add({ Address: "nowhere" });
  await expect(dialog.form.getByText("Must be an http(s) address")).toBeVisible();
  await dialog.add({ Address: server.url, Name: "Box" });
  await expect(dialog.servers).toContainText("3 tools");
  await expect(dialog.tools.filter({ hasText: "Box_add" })).toContainText("Adds two numbers.");
  await expectGoodPage(page);
  await dialog.close();

  const add = { name: "Box_add", given: { a: 1, b: 2 } };
  const question = page.getByRole("alert").filter({ hasText: "May Box_add of Box run with this?" });
  let told = results(page);
  await askForCalls(page, chatPage, add);
  await expect(question).toContainText('"a": 1');
  await question.getByRole("button", { name: "Refuse" }).click();
  expect(await told).toEqual(["The reader did not allow this call."]);
  await expect(chatPage.stop).toBeHidden();
  expect(server.calls).toHaveLength(0);

  told = results(page);
  await askForCalls(page, chatPage, add);
  await question.getByRole("button", { name: "Allow once" }).click();
  expect(await told).toEqual(["3"]);
  await expect(chatPage.stop).toBeHidden();

  // Two calls at once: what is allowed for good holds for the one that waits beside it.
  told = results(page);
  await askForCalls(page, chatPage, add, { name: "Box_add", given: { a: 20, b: 2 } });
  await question.getByRole("button", { name: "Always allow" }).first().click();
  expect(await told).toEqual(["3", "22"]);
  await expect(chatPage.stop).toBeHidden();

  // The server was started anew in between: the call begins a session by itself.
  server.forget();
  told = results(page);
  await askForCalls(page, chatPage, { name: "Box_add", given: { a: 40, b: 2 } });
  expect(await told).toEqual(["42"]);
  await expect(chatPage.stop).toBeHidden();

  told = results(page);
  await askForCalls(page, chatPage, { name: "Box_fail" });
  await page.getByRole("button", { name: "Allow once" }).click();
  expect(await told).toEqual(["The lever is stuck."]);
  await expect(chatPage.stop).toBeHidden();

  told = results(page);
  await askForCalls(page, chatPage, { name: "Box_slow" });
  await page.getByRole("button", { name: "Allow once" }).click();
  await expect(chatPage.answers.last()).toContainText(/no answer for \d+ s/);
  server.release();
  expect(await told).toEqual(["There at last."]);
  await expect(chatPage.stop).toBeHidden();
  await server.close();
});

test("tools are offered while they are on, kept over a reload, and gone when they are removed", async ({
  page,
  chatPage,
}) => {
  const server = await startToolServer();
  const dialog = new ToolsDialog(page);
  await chatPage.isReady();
  await turnToolsOn(page);
  await dialog.open();
  await dialog.add({ Address: server.url, Name: "Box" });
  await expect(dialog.servers).toContainText("3 tools");
  await dialog.close();
  const told = results(page);
  await askForCalls(page, chatPage, { name: "Box_add", given: { a: 1, b: 2 } });
  await page.getByRole("button", { name: "Always allow" }).click();
  expect(await told).toEqual(["3"]);
  await expect(chatPage.stop).toBeHidden();

  let sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("Which tools are there?");
  const names = (await sent).postDataJSON().tools.map(({ function: { name } }: { function: Call }) => name);
  expect(names).toEqual(["clock", "calculator", "fetch_url", "Box_add", "Box_fail", "Box_slow"]);
  await expect(chatPage.stop).toBeHidden();
  await page.getByRole("button", { name: "Tools", exact: true }).click();
  sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("And now?");
  expect((await sent).postDataJSON().tools).toBeUndefined();
  await expect(chatPage.stop).toBeHidden();

  // With a server goes what was allowed of it.
  await page.reload();
  await chatPage.isReady();
  await dialog.open();
  await expect(dialog.tools.filter({ hasText: "Box_add" }).getByRole("button", { name: /^Ask again/ })).toBeVisible();
  await dialog.servers.getByRole("switch", { name: /Box/ }).uncheck();
  await expect(dialog.tools.filter({ hasText: "Box_add" })).toHaveCount(0);
  await dialog.servers.getByRole("button", { name: "Remove Box" }).click();
  await expect(dialog.servers.getByRole("switch")).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem("signalbox-chat-tools"))).toBe('{"servers":[],"allowed":[]}');
  await server.close();
});

test("tools of two servers keep apart, and a key goes under any name", async ({ page, chatPage }) => {
  const open = await startToolServer();
  const locked = await startToolServer({ key: { name: "Ocp-Apim-Subscription-Key", value: "k 1" } });
  const dialog = new ToolsDialog(page);
  await chatPage.isReady();
  await turnToolsOn(page);
  await dialog.open();
  await dialog.add({ Address: open.url, Name: "Box" });
  await expect(dialog.servers).toContainText("3 tools");
  await dialog.add({ Address: locked.url, Name: "Box" });
  await expect(dialog.servers.getByRole("alert")).toHaveText("The tool server asks for a key (status 401).");

  await dialog.servers.getByRole("button", { name: "Edit Box" }).last().click();
  const form = dialog.dialog.getByRole("form", { name: "Change Box" });
  await form.getByLabel("Header").fill("Host");
  await form.getByLabel("Key").fill("wrong");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("Cannot be set for a tool server")).toBeVisible();
  await form.getByLabel("Header").fill("Ocp-Apim-Subscription-Key");
  await expectGoodPage(page);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(dialog.servers.getByRole("alert")).toHaveText("The tool server does not take this key (status 401).");
  await dialog.servers.getByRole("button", { name: "Edit Box" }).last().click();
  await form.getByLabel("Key").fill("k 1");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(dialog.tools.filter({ hasText: "Box_add_2" })).toBeVisible();
  await dialog.close();

  const told = results(page);
  await askForCalls(
    page,
    chatPage,
    { name: "Box_add", given: { a: 1, b: 1 } },
    { name: "Box_add_2", given: { a: 2, b: 2 } },
  );
  // What is allowed of one server is not allowed of the other.
  await page.getByRole("button", { name: "Always allow" }).first().click();
  await expect(page.getByRole("button", { name: "Always allow" })).toHaveCount(1);
  await page.getByRole("button", { name: "Allow once" }).click();
  expect(await told).toEqual(["2", "4"]);
  expect(open.calls.map(({ given }) => given)).toEqual([{ a: 1, b: 1 }]);
  expect(locked.calls.map(({ given }) => given)).toEqual([{ a: 2, b: 2 }]);
  expect(open.calls[0]?.headers["ocp-apim-subscription-key"]).toBeUndefined();
  expect(locked.calls[0]?.headers.cookie).toBeUndefined();
  await Promise.all([open.close(), locked.close()]);
});

test("a tool server that is down is said in words and asked again", async ({ page, chatPage }) => {
  const gone = await startToolServer();
  await gone.close();
  const dialog = new ToolsDialog(page);
  await chatPage.isReady();
  await dialog.open();
  await dialog.add({ Address: gone.url });
  await expect(dialog.servers.getByRole("alert")).toHaveText("The tool server's address cannot be reached.");
  await expectGoodPage(page);
  await dialog.servers.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.servers.getByRole("alert")).toHaveText("The tool server's address cannot be reached.");
  await dialog.servers.getByRole("button", { name: "Edit localhost" }).click();
  const form = dialog.dialog.getByRole("form", { name: "Change localhost" });
  await form.getByLabel("Address").fill("http://127.0.0.1:9/mcp");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(dialog.servers.getByRole("alert")).toHaveText(
    "The tool server's address does not lead to a public host.",
  );
  await dialog.close();
});
