import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi } from "@/e2e/fixtures/call-api";
import { type Account, type Gateway, recordOf, startGateway } from "@/e2e/fixtures/start-gateway";
import { type Behaviour, startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { measureImage } from "@/lib/sandbox/measure-image";
import { type Sandbox, startSandbox } from "@/lib/sandbox/start-sandbox";
import { dataIn } from "@/lib/testing/door-tools";
import { refusalOf } from "./read-answers";

const CHAT = "/chat/completions";
/** Sold by Google at 0.3 USD per million tokens in, 2.5 out, and 30 for those of pictures. */
const GEMINI = { model: "google/gemini-2.5-flash-image", provider: "google-ai-studio" } as const;
/** Sold at 0.03 USD a megapixel, which is 4,096 tokens. */
const FLUX = { model: "black-forest-labs/flux.2-pro", provider: "black-forest-labs" } as const;
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";
const DRAWN = `data:image/png;base64,${PIXEL}`;

/** Models that the sandbox plays, each in another protocol or by another kind of model. */
const PLAYED = [
  { model: "google/gemini-2.5-flash-image", only: "google-vertex", writes: true },
  { model: "openai/gpt-5-image", only: "openai", writes: true },
  { model: "sourceful/riverflow-v2-pro", only: "sourceful", writes: false },
] as const;

let sandbox: Sandbox;
let gemini: Upstream;
let flux: Upstream;
let gateway: Gateway;
let account: Account;

beforeAll(async () => {
  [gemini, flux] = await Promise.all([startUpstream("gemini"), startUpstream("openai")]);
  sandbox = await startSandbox({ speed: "instant" });
  const played = PLAYED.map(({ only }) => [only, `${sandbox.baseUrl}/${only}`]);
  gateway = await startGateway({
    providers: { [GEMINI.provider]: gemini, [FLUX.provider]: flux, ...Object.fromEntries(played) },
  });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([gemini.close(), flux.close(), sandbox.close()]);
});

beforeEach(async () => {
  for (const upstream of [gemini, flux]) upstream.reset();
  account = await gateway.newAccount("10");
});

const imageSchema = z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) });
const drawnSchema = z.object({ content: z.string().nullish(), images: z.array(imageSchema).optional() });
const usageSchema = z.object({
  completion_tokens: z.number(),
  cost: z.number(),
  completion_tokens_details: z.object({ image_tokens: z.number() }),
});
const wholeSchema = z.object({
  id: z.string(),
  choices: z.array(z.object({ message: drawnSchema })),
  usage: usageSchema,
});
const chunkSchema = z.object({
  id: z.string(),
  choices: z.array(z.object({ delta: drawnSchema })),
  usage: usageSchema.optional(),
});

type Drawn = { id: string; text: string; urls: string[]; usage: z.infer<typeof usageSchema> | undefined };

/** What a chat completion says and draws, whole or streamed. */
async function draw(body: Record<string, unknown>): Promise<Drawn> {
  const messages = [{ role: "user", content: "Draw a fox" }];
  const { status, text, json } = await callApi(gateway.as(account), CHAT, { body: { messages, ...body } });
  expect(status, text).toBe(200);
  const chunks = body.stream === true ? dataIn(text).map((data) => chunkSchema.parse(data)) : [];
  const whole = body.stream === true ? undefined : wholeSchema.parse(json);
  const said =
    whole?.choices.map(({ message }) => message) ?? chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));
  return {
    id: whole?.id ?? chunks[0]?.id ?? "",
    text: said.map(({ content }) => content ?? "").join(""),
    urls: said.flatMap(({ images = [] }) => images.map(({ image_url: { url } }) => url)),
    usage: whole?.usage ?? chunks.at(-1)?.usage,
  };
}

/** An answer with this body, or with these events where a stream is asked for. */
function answering(
  body: unknown,
  events: readonly unknown[],
  asksForStream: (path: string, body: unknown) => boolean,
): Behaviour {
  return {
    kind: "raw",
    serve: (response, request) => {
      const isStream = asksForStream(request.path, request.body);
      response.writeHead(200, { "content-type": isStream ? "text/event-stream" : "application/json" });
      response.end(
        isStream ? events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("") : JSON.stringify(body),
      );
    },
  };
}

describe.each([false, true])("a picture (streamed: %s)", (stream) => {
  test("of Gemini's, in its words, charged at its price", async () => {
    const parts = [{ text: "Here it is." }, { inlineData: { mimeType: "image/png", data: PIXEL } }];
    const usageMetadata = {
      promptTokenCount: 10,
      candidatesTokenCount: 1_310,
      candidatesTokensDetails: [{ modality: "IMAGE", tokenCount: 1_290 }],
    };
    const pieces = parts.map((part) => ({ candidates: [{ content: { parts: [part] } }] }));
    const end = { candidates: [{ content: { parts: [] }, finishReason: "STOP" }], usageMetadata };
    const whole = { candidates: [{ content: { role: "model", parts }, finishReason: "STOP" }], usageMetadata };
    gemini.behave(answering(whole, [...pieces, end], (path) => path.includes(":streamGenerateContent")));
    const drawn = await draw({
      model: GEMINI.model,
      provider: { only: [GEMINI.provider] },
      modalities: ["image", "text"],
      image_config: { aspect_ratio: "16:9", image_size: "2K" },
      stream,
    });

    expect(gemini.requests[0]?.body).toMatchObject({
      generationConfig: {
        responseModalities: ["IMAGE", "TEXT"],
        imageConfig: { aspectRatio: "16:9", imageSize: "2K" },
      },
    });
    expect(drawn).toMatchObject({ text: "Here it is.", urls: [DRAWN] });
    expect(drawn.usage).toMatchObject({
      completion_tokens: 1_310,
      cost: 0.038753,
      completion_tokens_details: { image_tokens: 1_290 },
    });
    const { generation, entry } = await recordOf(gateway, drawn.id);
    expect(generation).toMatchObject({ imageTokens: 1_290, estimated: false });
    expect(Number(entry?.amountNanoUsd)).toBe(-38_753_000);
  });

  test("of a model that only draws, which nobody told to, and whose provider counts the total or nothing", async () => {
    const images = [{ type: "image_url", image_url: { url: DRAWN } }];
    const usage = { prompt_tokens: 10, completion_tokens: 4_096, total_tokens: 4_106 };
    const choice = { index: 0, finish_reason: "stop" };
    const whole = (counted: unknown) => ({
      id: "f",
      choices: [{ ...choice, message: { role: "assistant", content: "", images } }],
      usage: counted,
    });
    const events = (counted: unknown) => [
      { id: "f", choices: [{ index: 0, delta: { role: "assistant", images } }] },
      { id: "f", choices: [{ ...choice, delta: {} }], usage: counted },
    ];
    const asksForStream = (_path: string, body: unknown) => JSON.stringify(body).includes('"stream":true');
    for (const [counted, estimated] of [
      [usage, false],
      [undefined, true],
    ] as const) {
      flux.behave(answering(whole(counted), events(counted), asksForStream));
      const drawn = await draw({ model: FLUX.model, image_config: { aspect_ratio: "3:2" }, stream });

      expect(flux.requests.at(-1)?.body).toMatchObject({
        modalities: ["image"],
        image_config: { aspect_ratio: "3:2" },
      });
      expect(drawn.urls).toEqual([DRAWN]);
      expect(drawn.usage).toMatchObject({ cost: 0.03, completion_tokens_details: { image_tokens: 4_096 } });
      expect((await recordOf(gateway, drawn.id)).generation).toMatchObject({ imageTokens: 4_096, estimated });
    }
  });

  test.each(PLAYED)("of the sandbox's, as $model", async ({ model, only, writes }) => {
    const body = { model, provider: { only: [only] }, image_config: { aspect_ratio: "3:2" }, stream };
    const drawn = await draw({ ...body, ...(writes ? { modalities: ["image", "text"] } : {}) });

    const [url = ""] = drawn.urls;
    expect(url).toMatch(/^data:image\/png;base64,/);
    const { widthPx = 0, heightPx = 0 } = measureImage(Buffer.from(url.slice(url.indexOf(",") + 1), "base64")) ?? {};
    expect(widthPx / heightPx).toBeCloseTo(1.5, 1);
    expect(drawn.usage?.completion_tokens_details.image_tokens).toBeGreaterThan(1_000);
    expect(drawn.usage?.cost).toBeGreaterThan(0.001);
    expect((await recordOf(gateway, drawn.id)).generation).toMatchObject({ imageTokens: 1_290, providerSlug: only });
  });
});

test.each([
  { path: "/messages", body: { max_tokens: 4_000, messages: [{ role: "user", content: "Draw a fox" }] } },
  { path: "/responses", body: { input: "Draw a fox" } },
])("a model that only draws draws at $path too", async ({ path, body }) => {
  const asked = { model: "sourceful/riverflow-v2-pro", ...body };
  const { status, text } = await callApi(gateway.as(account), path, { body: asked });
  expect(status, text).toBe(200);
  expect(text).toMatch(/iVBORw0KGgo/);
});

test("pictures are not asked for from who cannot draw", async () => {
  const body = { model: "openai/gpt-4o-mini", modalities: ["image"], messages: [{ role: "user", content: "x" }] };
  const refusal = await refusalOf(gateway.as(account), CHAT, { body });
  expect(refusal).toMatchObject({ status: 404, message: expect.stringContaining("image output") });
});
