import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { chatCompletionChunkSchema, chatCompletionSchema } from "@/lib/schemas/chat-completion";
import { fileAnnotationSchema } from "@/lib/schemas/file-annotation";
import { dataUrlOf, makeDocx, makeEndlessPdf, makePdf } from "@/lib/testing/make-documents";
import { callApi, openApi, readStream } from "../fixtures/call-api";
import { type Account, booksOf, type Gateway, recordOf, startGateway } from "../fixtures/start-gateway";
import { startUpstream, type Upstream, type UpstreamRequest } from "../fixtures/start-upstream";

// Reads files; answers first where both are asked.
const READER = "anthropic/claude-haiku-4.5";
// Reads words alone.
const PLAIN = "deepseek/deepseek-v4-flash";
// The sandbox plays it.
const FREE = "deepseek/deepseek-v4-flash:free";

let anthropic: Upstream;
let deepseek: Upstream;
let mistral: Upstream;
let gateway: Gateway;
let files: Server;
let filesUrl: string;
let fetched: string[] = [];

const PLAN = makePdf(["The lever frame has 42 levers.", "Signal 7 is red."]);

beforeAll(async () => {
  [anthropic, deepseek, mistral] = await Promise.all([
    startUpstream("anthropic"),
    startUpstream("openai"),
    startUpstream("openai"),
  ]);
  files = createServer((request, response) => {
    fetched.push(request.url ?? "");
    if (request.url === "/plan.pdf") response.end(PLAN);
    else response.writeHead(404).end();
  });
  files.listen(0, "127.0.0.1");
  await once(files, "listening");
  const address = files.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  filesUrl = `http://127.0.0.1:${address.port}`;
  gateway = await startGateway({
    providers: { anthropic, deepseek },
    env: {
      WEB_CONCURRENCY: "1",
      FETCH_ALLOW_HOSTS: "127.0.0.1",
      FILE_PARSE_TIMEOUT_MS: "6000",
      PDF_MAX_PAGES: "20",
      MAX_FILE_MB: "1",
      SANDBOX: "on",
    },
  });
});
afterAll(async () => {
  await gateway?.stop();
  files?.close();
  await Promise.all([anthropic, deepseek, mistral].map((upstream) => upstream?.close()));
});
beforeEach(() => {
  fetched = [];
  for (const upstream of [anthropic, deepseek, mistral]) upstream.reset();
});

type Body = Record<string, unknown>;
const filePart = (data: string, filename?: string) => ({
  type: "file",
  file: { ...(filename === undefined ? {} : { filename }), file_data: data },
});
const asking = (model: string, part: object, more: Body = {}): Body => ({
  model,
  max_tokens: 64,
  // The sandbox plays everybody else.
  provider: { only: ["anthropic", "deepseek"] },
  messages: [{ role: "user", content: [{ type: "text", text: "What is in it?" }, part] }],
  ...more,
});
const engine = (name: string) => ({ plugins: [{ id: "file-parser", pdf: { engine: name } }] });

async function complete(account: Account, body: Body) {
  const answer = await callApi(gateway.as(account), "/chat/completions", { body });
  expect(answer.status, answer.text).toBe(200);
  return chatCompletionSchema.parse(answer.json);
}

async function refused(account: Account, body: Body) {
  const { status, json } = await callApi(gateway.as(account), "/chat/completions", { body });
  const { error } = z.looseObject({ error: z.looseObject({ message: z.string() }) }).parse(json);
  return { status, message: error.message };
}

const openAiBody = z.looseObject({ messages: z.array(z.looseObject({ content: z.unknown() })) });
const lastPrompt = ({ requests }: Upstream) => JSON.stringify(openAiBody.parse(requests.at(-1)?.body).messages);
const annotationsOf = (message: { annotations?: unknown[] | undefined }) =>
  (message.annotations ?? []).map((annotation) => fileAnnotationSchema.parse(annotation));

describe("pdf-text", () => {
  test.each([
    ["a data URL", () => dataUrlOf(PLAN)],
    ["a data URL of no particular type", () => dataUrlOf(PLAN, "application/octet-stream")],
    ["bare base64", () => PLAN.toString("base64")],
    ["an address", () => `${filesUrl}/plan.pdf`],
  ])("the words of a PDF reach a model that reads no files: %s", async (_name, data) => {
    const account = await gateway.newAccount("1");
    const { choices, usage } = await complete(account, asking(PLAIN, filePart(data(), "plan.pdf")));
    expect(lastPrompt(deepseek)).toContain("The lever frame has 42 levers.");
    expect(lastPrompt(deepseek)).toContain("Signal 7 is red.");
    expect(lastPrompt(deepseek)).not.toContain("file_data");
    expect(annotationsOf(choices[0]?.message ?? {})).toEqual([
      {
        type: "file",
        file: {
          hash: createHash("sha256").update(PLAN).digest("hex"),
          name: "plan.pdf",
          content: [{ type: "text", text: "The lever frame has 42 levers.\n\nSignal 7 is red." }],
        },
      },
    ]);
    expect(usage.cost_details.file_parser_cost).toBeUndefined();
  });

  test.each(["pdf-text", "cloudflare-ai"])("%s is done here even for a model that reads files", async (name) => {
    const account = await gateway.newAccount("1");
    await complete(account, asking(READER, filePart(dataUrlOf(PLAN)), engine(name)));
    expect(lastPrompt(anthropic)).toContain("The lever frame has 42 levers.");
    expect(lastPrompt(anthropic)).not.toContain('"document"');
  });

  test("a stream says first what was read", async () => {
    const account = await gateway.newAccount("1");
    const body = asking(PLAIN, filePart(dataUrlOf(PLAN)), { stream: true });
    const { text } = await callApi(gateway.as(account), "/chat/completions", { body });
    const chunks = readStream(text).chunks.map((chunk) => chatCompletionChunkSchema.parse(chunk));
    expect(annotationsOf(chunks[0]?.choices[0]?.delta ?? {})).toMatchObject([{ file: { name: "document" } }]);
    expect(chunks.slice(1).flatMap(({ choices }) => choices[0]?.delta.annotations ?? [])).toEqual([]);
  });

  test("what an answer told of a file is used when it comes back, and not told again", async () => {
    const account = await gateway.newAccount("1");
    const hash = createHash("sha256").update(PLAN).digest("hex");
    const told = {
      type: "file",
      file: { hash, name: "plan.pdf", content: [{ type: "text", text: "As it was read." }] },
    };
    const first = asking(PLAIN, filePart(dataUrlOf(PLAN)));
    const messages = [
      ...z.array(z.unknown()).parse(first.messages),
      { role: "assistant", content: "Levers.", annotations: [told] },
      { role: "user", content: "And signals?" },
    ];
    const { choices } = await complete(account, { ...first, messages });
    expect(lastPrompt(deepseek)).toContain("As it was read.");
    expect(lastPrompt(deepseek)).not.toContain("42 levers");
    expect(lastPrompt(deepseek)).not.toContain("annotations");
    expect(choices[0]?.message.annotations).toBeUndefined();
  });

  test("the words are there even when the client sends only what it was told", async () => {
    const account = await gateway.newAccount("1");
    const told = {
      type: "file",
      file: { hash: "h", name: "plan.pdf", content: [{ type: "text", text: "As it was read." }] },
    };
    await complete(account, {
      model: PLAIN,
      max_tokens: 64,
      provider: { only: ["deepseek"] },
      messages: [
        { role: "user", content: "What is in it?" },
        { role: "assistant", content: "Levers.", annotations: [told] },
        { role: "user", content: "And signals?" },
      ],
    });
    const [question] = openAiBody.parse(deepseek.requests.at(-1)?.body).messages;
    expect(JSON.stringify(question)).toContain("As it was read.");
  });
});

describe("every door", () => {
  test("a document of messages is given as text", async () => {
    const account = await gateway.newAccount("1");
    const source = { type: "base64", media_type: "application/pdf", data: PLAN.toString("base64") };
    const answer = await callApi(gateway.as(account), "/messages", {
      body: {
        model: PLAIN,
        max_tokens: 64,
        provider: { only: ["deepseek"] },
        messages: [{ role: "user", content: [{ type: "document", source, title: "plan.pdf" }] }],
      },
    });
    expect(answer.status, answer.text).toBe(200);
    expect(lastPrompt(deepseek)).toContain("The lever frame has 42 levers.");
  });

  test("a file of responses is given as text, streamed too", async () => {
    const account = await gateway.newAccount("1");
    const file = { type: "input_file", filename: "plan.pdf", file_data: dataUrlOf(PLAN) };
    for (const stream of [false, true]) {
      const answer = await callApi(gateway.as(account), "/responses", {
        body: { model: PLAIN, stream, provider: { only: ["deepseek"] }, input: [{ role: "user", content: [file] }] },
      });
      expect(answer.status, answer.text).toBe(200);
      expect(lastPrompt(deepseek)).toContain("Signal 7 is red.");
      expect(answer.text).not.toContain('"type":"file"');
    }
  });
});

describe("native", () => {
  test("is the usual way where the model reads files", async () => {
    const account = await gateway.newAccount("1");
    const { choices } = await complete(account, asking(READER, filePart(dataUrlOf(PLAN))));
    expect(lastPrompt(anthropic)).toContain(PLAN.toString("base64"));
    expect(choices[0]?.message.annotations).toBeUndefined();
  });

  test("is refused where no model of the request reads files", async () => {
    const account = await gateway.newAccount("1");
    const { status, message } = await refused(account, asking(PLAIN, filePart(dataUrlOf(PLAN)), engine("native")));
    expect(status).toBe(404);
    expect(message).toMatch(/file input/);
    expect(deepseek.requests).toHaveLength(0);
  });

  test("with the parser switched off it is the only way", async () => {
    const account = await gateway.newAccount("1");
    const off = { plugins: [{ id: "file-parser", enabled: false }] };
    expect((await refused(account, asking(PLAIN, filePart(dataUrlOf(PLAN)), off))).status).toBe(404);
  });

  test("when the one that reads files fails, the next gets the words", async () => {
    anthropic.behave({ kind: "status", status: 503 });
    const account = await gateway.newAccount("1");
    const body = asking(READER, filePart(dataUrlOf(PLAN)), { models: [READER, PLAIN] });
    const { model, choices } = await complete(account, body);
    expect(model).toBe(PLAIN);
    expect(lastPrompt(deepseek)).toContain("The lever frame has 42 levers.");
    expect(annotationsOf(choices[0]?.message ?? {})).toHaveLength(1);
  });
});

describe("other documents", () => {
  test.each([
    ["plain text", dataUrlOf("Keep left.", "text/plain"), "notes.txt", "Keep left."],
    ["Markdown", dataUrlOf("# Rules\n\nKeep left.", "text/markdown"), "notes.md", "# Rules"],
    ["CSV", dataUrlOf("name,levers\nEast,42", "text/csv"), "boxes.csv", "East,42"],
    ["HTML", dataUrlOf("<html><script>x()</script><p>Keep <b>left</b>.", "text/html"), "page.html", "Keep left."],
    ["Word", dataUrlOf(makeDocx(["Keep left."]), "application/octet-stream"), "notes.docx", "Keep left."],
  ])("%s is given as text, to models that read files too", async (_name, data, filename, words) => {
    const account = await gateway.newAccount("1");
    for (const [model, upstream] of [
      [PLAIN, deepseek],
      [READER, anthropic],
    ] as const) {
      await complete(account, asking(model, filePart(data, filename)));
      expect(lastPrompt(upstream)).toContain(JSON.stringify(words).slice(1, -1));
      expect(lastPrompt(upstream)).toContain(filename);
    }
  });
});

describe("files that cannot be read are refused by what is wrong with them", () => {
  test.each<[string, Buffer, RegExp]>([
    ["encrypted", makePdf(["secret"], { encrypted: true }), /is encrypted/],
    ["corrupt", Buffer.from("%PDF-1.4\nrubbish"), /is corrupt/],
    ["no PDF", Buffer.from("just words"), /is corrupt/],
    ["without a byte", Buffer.alloc(0), /is empty|must hold/],
    ["without pages", makePdf([]), /is empty/],
    ["without words", makePdf([""]), /holds no text/],
    [
      "with too many pages",
      makePdf(Array.from({ length: 21 }, () => "page")),
      /too many pages: 21, and it may have 20/,
    ],
    ["too large", Buffer.concat([PLAN, Buffer.alloc(1_100_000)]), /is too large: 1\.\d MB, and it may have 1/],
    ["endless", makeEndlessPdf(), /takes too long|too large/],
  ])("%s", async (_name, bytes, message) => {
    const account = await gateway.newAccount("1");
    const before = await booksOf(gateway, account.id);
    const answer = await refused(account, asking(PLAIN, filePart(dataUrlOf(bytes), "plan.pdf")));
    expect(answer).toEqual({ status: 400, message: expect.stringMatching(message) });
    expect(answer.message).toContain("messages[0].content[1]");
    expect(deepseek.requests).toHaveLength(0);
    expect(await booksOf(gateway, account.id)).toMatchObject({ balance: before.balance, charged: 0n });
  });

  test("an address without anything", async () => {
    const account = await gateway.newAccount("1");
    const answer = await refused(account, asking(PLAIN, filePart(`${filesUrl}/gone.pdf`)));
    expect(answer).toEqual({ status: 400, message: expect.stringContaining("answered with status 404") });
  });

  test("an address that is private", async () => {
    const account = await gateway.newAccount("1");
    const answer = await refused(account, asking(PLAIN, filePart("http://10.0.0.1/plan.pdf")));
    expect(answer).toEqual({ status: 400, message: expect.stringContaining("public host") });
  });

  test("an archive", async () => {
    const account = await gateway.newAccount("1");
    const zip = dataUrlOf(Buffer.from("UEsDBBQAAAAIAA==", "base64"), "application/zip");
    const answer = await refused(account, asking(PLAIN, filePart(zip, "all.zip")));
    expect(answer).toEqual({ status: 400, message: expect.stringContaining("must be a PDF") });
  });

  test.each([
    ["an engine that nobody knows", [{ id: "file-parser", pdf: { engine: "magic" } }], /plugins\[0\]\.pdf\.engine/],
    ["an unknown plugin", [{ id: "file-reader" }], /known plugins: .*file-parser/],
  ])("%s", async (_name, plugins, message) => {
    const account = await gateway.newAccount("1");
    const answer = await refused(account, asking(PLAIN, filePart(dataUrlOf(PLAN)), { plugins }));
    expect(answer).toEqual({ status: 400, message: expect.stringMatching(message) });
  });

  test("more files than the request allows", async () => {
    const account = await gateway.newAccount("1");
    const part = filePart(dataUrlOf(PLAN));
    const plugins = [{ id: "file-parser", max_files: 1 }];
    const body = { ...asking(PLAIN, part, { plugins }), messages: [{ role: "user", content: [part, part] }] };
    expect(await refused(account, body)).toEqual({ status: 400, message: expect.stringContaining("max_files") });
  });
});

test("a document that never ends does not hold up what others stream", async () => {
  const [hostile, other] = await Promise.all([gateway.newAccount("1"), gateway.newAccount("1")]);
  const pieces = Array.from({ length: 60 }, () => "word ");
  deepseek.behave({ kind: "answer", pieces, chunkDelayMs: 20 });
  let isOver = false;
  const refusal = refused(hostile, asking(PLAIN, filePart(dataUrlOf(makeEndlessPdf())))).finally(() => {
    isOver = true;
  });
  const only = { provider: { only: ["deepseek"] } };
  const body = { ...only, model: PLAIN, stream: true, max_tokens: 500, messages: [{ role: "user", content: "words" }] };
  const response = await openApi(gateway.as(other), "/chat/completions", { body });
  let longestGapMs = 0;
  let lastMs = performance.now();
  for await (const _piece of response.body ?? []) {
    longestGapMs = Math.max(longestGapMs, performance.now() - lastMs);
    lastMs = performance.now();
  }
  expect(isOver, "the document is still being read when the stream is over").toBe(false);
  // Without a thread of its own it would be as long as the document takes.
  expect(longestGapMs).toBeLessThan(1_500);
  expect((await refusal).status).toBe(400);
});

test("a file that is sent again, or by another account, is read for each account once", async () => {
  const [one, two] = await Promise.all([gateway.newAccount("1"), gateway.newAccount("1")]);
  for (const account of [one, one, two]) {
    const { choices } = await complete(account, asking(PLAIN, filePart(dataUrlOf(PLAN))));
    expect(annotationsOf(choices[0]?.message ?? {})).toHaveLength(1);
  }
});

describe("mistral-ocr", () => {
  let ocr: Gateway;
  const OCR_ANSWER = {
    pages: [
      { index: 1, markdown: "Second page.", images: [] },
      { index: 0, markdown: "# Scanned", images: [{ id: "i.png", image_base64: "data:image/png;base64,AAAA" }] },
    ],
    model: "mistral-ocr-latest",
    usage_info: { pages_processed: 2, doc_size_bytes: 1 },
  };
  const ocrAnswers = () => mistral.behave({ kind: "status", status: 200, body: OCR_ANSWER });

  beforeAll(async () => {
    ocr = await startGateway({
      providers: { anthropic, deepseek, mistral },
      env: { WEB_CONCURRENCY: "1", PDF_MAX_PAGES: "20" },
    });
  });
  afterAll(() => ocr?.stop());

  async function read(account: Account, body: Body) {
    const answer = await callApi(ocr.as(account), "/chat/completions", { body });
    expect(answer.status, answer.text).toBe(200);
    return chatCompletionSchema.parse(answer.json);
  }
  const asked = (): UpstreamRequest[] => mistral.requests.filter(({ path }) => path.endsWith("/ocr"));

  test("pages are read, paid for, and told; once", async () => {
    ocrAnswers();
    const account = await ocr.newAccount("1");
    const body = asking(PLAIN, filePart(dataUrlOf(PLAN), "plan.pdf"), engine("mistral-ocr"));
    const first = await read(account, body);
    expect(asked()).toHaveLength(1);
    expect(asked()[0]?.headers.authorization).toBe("Bearer key-of-mistral");
    expect(asked()[0]?.body).toMatchObject({
      model: "mistral-ocr-latest",
      document: { type: "document_url", document_url: dataUrlOf(PLAN) },
    });
    expect(lastPrompt(deepseek)).toMatch(/# Scanned.*Second page\./);
    expect(lastPrompt(deepseek), "the model sees no pictures").not.toContain("image_url");
    expect(first.usage.cost_details.file_parser_cost).toBe(0.004);
    expect(first.usage.cost).toBeGreaterThan(0.004);
    const { entry } = await recordOf(ocr, first.id);
    expect(JSON.stringify(entry?.computation)).toContain('["ocr_page",2,"2000000000000000000000"]');
    const books = await booksOf(ocr, account.id);
    expect(Number(books.charged)).toBe(Math.round(first.usage.cost * 1e9));

    const again = await read(account, body);
    expect(again.usage.cost_details.file_parser_cost, "it is remembered").toBeUndefined();
    const other = await ocr.newAccount("1");
    const annotations = first.choices[0]?.message.annotations;
    const messages = [
      ...z.array(z.unknown()).parse(body.messages),
      { role: "assistant", content: "Read.", annotations },
      { role: "user", content: "More?" },
    ];
    const third = await read(other, { ...body, messages });
    expect(third.usage.cost_details.file_parser_cost, "it came back").toBeUndefined();
    expect(lastPrompt(deepseek)).toMatch(/# Scanned.*Second page\./);
    expect(asked()).toHaveLength(1);
  });

  test("is the usual way where there is a key for it, and pictures go to who sees", async () => {
    ocrAnswers();
    const account = await ocr.newAccount("1");
    await read(account, asking(PLAIN, filePart(dataUrlOf(PLAN))));
    expect(asked()).toHaveLength(1);
    await read(account, asking(READER, filePart(dataUrlOf(PLAN)), engine("mistral-ocr")));
    expect(asked(), "it is remembered").toHaveLength(1);
    expect(lastPrompt(anthropic)).toContain('"image"');
  });

  test("an address is handed over as it is", async () => {
    ocrAnswers();
    const account = await ocr.newAccount("1");
    const url = "https://example.com/plan.pdf";
    const stream = { ...engine("mistral-ocr"), stream: true };
    const { text } = await callApi(ocr.as(account), "/chat/completions", {
      body: asking(PLAIN, filePart(url), stream),
    });
    const chunks = readStream(text).chunks.map((chunk) => chatCompletionChunkSchema.parse(chunk));
    expect(asked()[0]?.body).toMatchObject({ document: { document_url: url } });
    expect(chunks[0]?.choices[0]?.delta.annotations).toHaveLength(1);
    expect(chunks.at(-1)?.usage?.cost_details.file_parser_cost).toBe(0.004);
  });

  test("what fails is not paid for", async () => {
    const account = await ocr.newAccount("1");
    const body = asking(PLAIN, filePart(dataUrlOf(PLAN)), engine("mistral-ocr"));
    for (const [status, seen] of [
      [500, 502],
      [429, 502],
      [422, 400],
    ]) {
      mistral.behave({ kind: "status", status: status ?? 0 });
      expect((await callApi(ocr.as(account), "/chat/completions", { body })).status).toBe(seen);
    }
    expect(deepseek.requests).toHaveLength(0);
    expect(await booksOf(ocr, account.id)).toMatchObject({ charged: 0n, holds: 0 });
  });

  test("where nobody asked for it, its failure costs only the pictures", async () => {
    mistral.behave({ kind: "status", status: 500 });
    const account = await ocr.newAccount("1");
    const { usage } = await read(account, asking(PLAIN, filePart(dataUrlOf(PLAN))));
    expect(lastPrompt(deepseek)).toContain("The lever frame has 42 levers.");
    expect(usage.cost_details.file_parser_cost).toBeUndefined();
  });

  test("a file that cannot be read is not sent to it", async () => {
    const account = await ocr.newAccount("1");
    for (const bytes of [makePdf(["x"], { encrypted: true }), makePdf(Array.from({ length: 21 }, () => "page"))]) {
      const body = asking(PLAIN, filePart(dataUrlOf(bytes)), engine("mistral-ocr"));
      expect((await callApi(ocr.as(account), "/chat/completions", { body })).status).toBe(400);
    }
    expect(asked()).toHaveLength(0);
  });

  test("an account that cannot pay for the pages is refused before they are read", async () => {
    ocrAnswers();
    const account = await ocr.newAccount("0.001");
    const body = asking(PLAIN, filePart(dataUrlOf(PLAN)), engine("mistral-ocr"));
    expect((await callApi(ocr.as(account), "/chat/completions", { body })).status).toBe(402);
    expect(asked()).toHaveLength(0);
  });

  test("an answer that never comes is not paid for, but what was read comes with the refusal", async () => {
    ocrAnswers();
    deepseek.behave({ kind: "status", status: 500 });
    const account = await ocr.newAccount("1");
    const body = asking(PLAIN, filePart(dataUrlOf(PLAN)), engine("mistral-ocr"));
    const { status, json } = await callApi(ocr.as(account), "/chat/completions", { body });
    expect(status).toBe(502);
    expect(json).toMatchObject({ error: { metadata: { file_annotations: [{ type: "file" }] } } });
    expect(await booksOf(ocr, account.id)).toMatchObject({ charged: 0n, holds: 0 });
  });
});

describe("mistral-ocr in the sandbox", () => {
  test("its pages are paid for on free models too, and not without credits", async () => {
    const body = { ...asking(FREE, filePart(dataUrlOf(PLAN)), engine("mistral-ocr")), provider: {} };
    const [rich, poor] = await Promise.all([gateway.newAccount("1"), gateway.newAccount("0.001")]);
    const { usage } = await complete(rich, body);
    expect(usage.cost).toBe(0.004);
    expect((await booksOf(gateway, rich.id)).charged).toBe(4_000_000n);
    expect((await callApi(gateway.as(poor), "/chat/completions", { body })).status).toBe(402);
  });

  test("it is played when it is asked for, and is not the usual way", async () => {
    const account = await gateway.newAccount("1");
    const asked = await complete(account, asking(PLAIN, filePart(dataUrlOf(PLAN)), engine("mistral-ocr")));
    expect(lastPrompt(deepseek)).toContain("The lever frame has 42 levers.");
    expect(asked.usage.cost_details.file_parser_cost).toBe(0.004);
    const usual = await complete(account, asking(PLAIN, filePart(dataUrlOf(makePdf(["Other words"])))));
    expect(usual.usage.cost_details.file_parser_cost).toBeUndefined();
  });
});
