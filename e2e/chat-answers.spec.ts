import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { serveCompletion } from "./fixtures/serve-completion";
import { expect, PHONE, test } from "./fixtures/test";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const FLOW = "```mermaid\nflowchart LR\n  A[Distant signal] --> B[Home signal]\n  B --> C[Station]\n```";
/** Answers with text alone, and takes nothing else. */
const BLIND = "meta-llama/llama-3.1-8b-instruct";
const SEEING = "openai/gpt-4o-mini";

test.beforeEach(({ person: _signedIn }) => {});

test("a diagram is its text until it is drawn, once or always", PHONE, async ({ page, chatPage }) => {
  await serveCompletion(page, [`Look:\n\n${FLOW}\n\nThat is all.`], "done");
  await chatPage.ask("Draw the line.");
  await expect(chatPage.answers.locator("code")).toContainText("flowchart LR");
  const drawing = chatPage.answers.getByRole("img", { name: "Diagram: flowchart LR" });
  await expect(drawing).toHaveCount(0);

  await chatPage.answers.getByRole("button", { name: "Draw" }).click();
  await expect(drawing).toBeVisible();
  expect(await drawing.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  expect(await svgOf(page)).toContain("Station");
  await expectGoodPage(page);
  await chatPage.answers.getByRole("button", { name: "Show the text" }).click();
  await expect(drawing).toHaveCount(0);

  await page.getByRole("button", { name: "Room settings" }).click();
  await page.getByLabel("Draw diagrams").check();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(drawing).toBeVisible();
});

test("what is no diagram says so and stays text; what a diagram says does no harm", async ({ page, chatPage }) => {
  const evil = [
    "```mermaid\nflowchart LR\n  A[\"<script>parent.document.title='broken in'</script>Home\"] --> B",
    '  click B href "javascript:alert(1)"\n```',
  ].join("\n");
  await serveCompletion(page, [`${evil}\n\n\`\`\`mermaid\nflowchart LR\n  A[ -->\n\`\`\``], "done");
  await chatPage.ask("Draw two.");
  await chatPage.answers.getByRole("button", { name: "Draw" }).last().click();
  await expect(chatPage.answers).toContainText("Not drawn: ");
  await chatPage.answers.getByRole("button", { name: "Draw" }).click();
  await expect(chatPage.answers.getByRole("img", { name: /^Diagram/ })).toBeVisible();
  expect(await svgOf(page)).not.toMatch(/<script|javascript:/);
  await expect(page).toHaveTitle("Chat · Signalbox");
});

test("the focus stays where it can be used when what had it goes away", async ({ page, chatPage }) => {
  await serveCompletion(page, ["Fine."], "done");
  await chatPage.ask("first");
  await chatPage.isAnswered();
  await chatPage.ask("second");
  await expect(chatPage.answers).toHaveCount(2);
  await chatPage.isAnswered();

  // The sandbox takes its time, and while it answers there is nothing to try again.
  await page.unroute("**/api/v1/chat/completions");
  await chatPage.tryAgain.last().focus();
  await page.keyboard.press("Enter");
  await expect(chatPage.tryAgain).toHaveCount(1);
  await expect(chatPage.answers.last()).toBeFocused();
  await expect(page.getByLabel("answer 2 of 2")).toBeVisible();

  await page.getByRole("button", { name: "Edit", exact: true }).last().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Edit the question")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Edit", exact: true }).last()).toBeFocused();

  await page.getByRole("button", { name: "Delete", exact: true }).last().focus();
  await page.keyboard.press("Enter");
  await expect(chatPage.answers).toHaveCount(1);
  await expect(page.getByRole("region", { name: "Conversation" })).toBeFocused();
  await page.getByRole("button", { name: "Delete", exact: true }).last().focus();
  await page.keyboard.press("Enter");
  await expect(chatPage.answers).toHaveCount(0);
  await expect(chatPage.message).toBeFocused();

  await page.getByRole("button", { name: /^Model: / }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Remove" }).press("Enter");
  await expect(page.getByRole("button", { name: "Choose a model" })).toBeFocused();
});

test("whoever reads further up is not pulled down, and finds the way back", async ({ page, chatPage }) => {
  await serveCompletion(page, ["A signal box stands by the line.\n\n".repeat(80)], "done");
  await chatPage.ask("Tell me much.");
  await chatPage.isAnswered();
  const conversation = page.getByRole("region", { name: "Conversation" });
  const toTheEnd = page.getByRole("button", { name: "To the newest" });
  await expect(toTheEnd).toBeHidden();
  await conversation.evaluate((element) => element.scrollTo({ top: 0 }));
  await expect(toTheEnd).toBeVisible();
  await expectGoodPage(page);
  await toTheEnd.click();
  await expect(toTheEnd).toBeHidden();
  await expect(conversation).toBeFocused();
  await expect
    .poll(() =>
      conversation.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight),
    )
    .toBeLessThan(80);
});

test("questions go to the models that can answer them, and the others are named", async ({ page, chatPage }) => {
  await chatPage.open(BLIND, SEEING);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/v1/chat/completions")) asked.push(request.postDataJSON().model);
  });
  await serveCompletion(page, ["Seen."], "done");
  await page.getByLabel("Files to attach").setInputFiles([{ name: "box.png", mimeType: "image/png", buffer: PNG }]);
  await expect(page.getByText(/Not asked this time: .*Llama 3\.1 8B.* does not see images/)).toBeVisible();
  await expectGoodPage(page);
  await chatPage.ask("What is this?");
  await chatPage.isAnswered();
  expect(asked).toEqual([SEEING]);

  // Of what was attached before, who cannot see it is told, and goes on.
  const sent = page.waitForRequest((request) => request.postData()?.includes(BLIND) === true);
  await chatPage.ask("And now?");
  expect(JSON.stringify((await sent).postDataJSON().messages)).toContain("not shown to you: box.png");
  await chatPage.isAnswered();

  await chatPage.open(BLIND);
  await page.getByRole("button", { name: "Image", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Add a model" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText(/Nobody here can be asked this: .* does not draw/)).toBeVisible();
  await chatPage.message.fill("A signal box at night");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Add a model" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Draws" })).toHaveAttribute("aria-pressed", "true");
  await chatPage.modelOptions.first().click();
  await expect(page.getByText(/Not asked this time: .* does not draw/)).toBeVisible();
});

test("markdown that is half written shows no lone marks", async ({ page, chatPage }) => {
  await chatPage.isReady();
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  await holdCompletion(page, "All of it is **bold and then a [link](https://exam", ended);
  await chatPage.ask("Slowly.");
  await expect(chatPage.answers.locator("strong")).toContainText("bold and then a link");
  await expect(chatPage.answers.locator(".prose")).not.toContainText(/[*[\]]/);
  end();
  await chatPage.isAnswered();
});

test("a screen reader hears that an answer comes, and then all of it, once", async ({ page, chatPage }) => {
  await chatPage.isReady();
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const region = document.querySelector("main [role=status][aria-live=polite].sr-only");
    if (region === null) throw new Error("nothing is announced here");
    new MutationObserver(() => {
      const text = region.textContent;
      if (text !== heard.at(-1)) heard.push(text);
    }).observe(region, { childList: true, subtree: true, characterData: true });
  });
  await chatPage.ask("Write exactly 120 words.");
  await chatPage.isAnswered();
  const heard = await page.evaluate(() => ("heard" in window && Array.isArray(window.heard) ? window.heard : []));
  expect(heard.map((text: string) => text.slice(0, 12))).toEqual(["The model is", `Answer: ${heard[1]?.slice(8, 12)}`]);
  const text = await chatPage.answers.locator(".prose").textContent();
  expect(heard[1]).toContain((text ?? "").slice(0, 60));

  // What is old news is not told again.
  await page.getByRole("button", { name: "New room" }).click();
  await chatPage.room("Write exactly 120 words.").click();
  await expect(chatPage.answers).toHaveCount(1);
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "Answer:" })).toHaveCount(0);
});

test("a room's preset goes along with its questions; the conversation is copied as markdown", async ({
  page,
  chatPage,
  context,
  baseURL,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const made = await page.request.post("/api/v1/presets", {
    headers: { origin: baseURL ?? "" },
    data: { name: "Signalman", slug: "signalman", system_prompt: "Answer like a signalman." },
  });
  expect(made.status()).toBe(201);
  await serveCompletion(page, ["Aye, **clear**."], "done");
  await page.getByRole("button", { name: "Room settings" }).click();
  await page.getByLabel("Preset").selectOption("Signalman");
  await page.getByLabel("Providers in the order of").selectOption("throughput");
  await page.getByLabel("Only zero data retention").check();
  await page.getByLabel("System prompt").pressSequentially("Be brief, and say it twice.");
  await expect(page.getByLabel("System prompt")).toHaveValue("Be brief, and say it twice.");
  await page.keyboard.press("Escape");
  const sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("Is the line clear?");
  expect((await sent).postDataJSON()).toMatchObject({
    preset: "signalman",
    provider: { sort: "throughput", zdr: true },
  });
  await chatPage.isAnswered();
  await chatPage.message.fill("/copy");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Copied as markdown", { exact: true })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("Is the line clear?");
  expect(copied).toContain("Aye, **clear**.");
});

/** The picture of the only diagram, as it is saved. */
async function svgOf(page: Page): Promise<string> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  return readFile(await (await downloading).path(), "utf8");
}

/** Answers the next completion with a first piece, and with the rest when `ended` comes; in the page, where a body can wait. */
async function holdCompletion(page: Page, piece: string, ended: Promise<void>): Promise<void> {
  await page.evaluate((content) => {
    const own = window.fetch;
    window.fetch = (input, init) => {
      if (!String(input).endsWith("/api/v1/chat/completions")) return own(input, init);
      const choice = { index: 0, delta: { content }, finish_reason: null, native_finish_reason: null, logprobs: null };
      const chunk = {
        id: "gen-1763690000-aaaaaaaaaaaaaaaaaaaa",
        object: "chat.completion.chunk",
        created: 1_763_690_000,
        model: "acme/test",
        provider: "Acme",
        choices: [choice],
      };
      const body = new ReadableStream({
        start(controller) {
          const encoder = new TextEncoder();
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`));
          document.addEventListener("end-completion", () => {
            controller.enqueue(encoder.encode("data: [DONE]\n\n"));
            controller.close();
          });
        },
      });
      return Promise.resolve(new Response(body, { headers: { "content-type": "text/event-stream" } }));
    };
  }, piece);
  void ended.then(() => page.evaluate(() => document.dispatchEvent(new Event("end-completion"))));
}

test("the chat is there with less than 250 kB of code; what draws answers comes with the first question", async ({
  page,
  chatPage,
}) => {
  await chatPage.isReady();
  await page.waitForLoadState("networkidle");
  const loaded = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry instanceof PerformanceResourceTiming)
        .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    );
  const atFirst = await loaded();
  expect(atFirst).toBeGreaterThan(50_000);
  expect(atFirst).toBeLessThan(250_000);
  await serveCompletion(page, ["**Fine.**"], "done");
  await chatPage.ask("Are you there?");
  await expect(chatPage.answers.locator("strong")).toBeVisible();
  expect(await loaded()).toBeGreaterThan(atFirst + 20_000);
});
