import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { APICallError, embedMany, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from "ai";

// Runs by itself under Node 22, which the AI SDK needs: every scenario against the server that the environment names,
// and what came of them as one line of JSON. Nothing is imported from the project, because its alias is not known here.

type Scenario = { model: string; provider: string };

const scenarios: Scenario[] = JSON.parse(process.env.SCENARIOS ?? "[]");
const openrouter = createOpenRouter({ baseURL: process.env.BASE_URL ?? "", apiKey: process.env.API_KEY ?? "" });

const parameters = {
  type: "object" as const,
  properties: { city: { type: "string" as const, description: "The name of the city" } },
  required: ["city"],
  additionalProperties: false,
};

const results = await Promise.all(scenarios.map(run));
process.stdout.write(
  `${JSON.stringify({ results, error: await failure(), midStream: await brokenStream(), others: await others() })}\n`,
);

async function run({ model: id, provider }: Scenario) {
  const model = openrouter(id, { provider: { order: [provider] } });
  const asked: unknown[] = [];
  const getWeather = tool({
    description: "The weather in a city",
    inputSchema: jsonSchema<{ city: string }>(parameters),
    execute: async (input) => {
      asked.push(input);
      return { degrees: 21 };
    },
  });
  const question = "What is the weather in Lisbon?";

  const whole = await generateText({ model, prompt: "Say exactly: Guten Tag", maxRetries: 0 });
  const stream = streamText({ model, prompt: "Say exactly: one two three four five", maxRetries: 0 });
  const pieces: string[] = [];
  for await (const piece of stream.textStream) pieces.push(piece);
  const tools = { get_weather: getWeather };
  const called = await generateText({ model, prompt: question, tools, stopWhen: stepCountIs(3), maxRetries: 0 });
  const calling = streamText({ model, prompt: question, tools, stopWhen: stepCountIs(3), maxRetries: 0 });
  await calling.consumeStream();
  const { output } = await generateText({
    model,
    prompt: "Where is Lisbon?",
    output: Output.object({ schema: jsonSchema<{ city: string }>(parameters) }),
    maxRetries: 0,
  });
  return {
    text: whole.text,
    finishReason: whole.finishReason,
    totalTokens: whole.usage.totalTokens,
    cost: costOf(whole.providerMetadata),
    streamed: pieces.join(""),
    streamedFinishReason: await stream.finishReason,
    streamedTokens: (await stream.usage).totalTokens,
    streamedCost: costOf(await stream.providerMetadata),
    asked,
    steps: [called.steps.length, (await calling.steps).length],
    afterTools: [called.text, await calling.text],
    output,
  };
}

/** Vectors, and pictures in a chat. Its model of text completions refuses what this version of `ai` itself asks for. */
async function others() {
  const embedder = openrouter.textEmbeddingModel(process.env.EMBEDDER ?? "");
  const { embeddings } = await embedMany({ model: embedder, values: ["a", "b"], maxRetries: 0 });
  const painter = openrouter(process.env.PAINTER ?? "", { extraBody: { modalities: ["image", "text"] } });
  const { files } = await generateText({ model: painter, prompt: "Draw a fox", maxRetries: 0 });
  const streamed = streamText({ model: painter, prompt: "Draw a fox", maxRetries: 0 });
  await streamed.consumeStream();
  return {
    vectors: embeddings.map(({ length }) => length),
    drawn: [files, await streamed.files].map((drawn) => drawn.map(({ mediaType }) => mediaType)),
  };
}

function costOf(metadata: unknown): unknown {
  const usage = field(field(metadata, "openrouter"), "usage");
  return field(usage, "cost");
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

async function failure() {
  try {
    await generateText({ model: openrouter("nobody/nothing"), prompt: "Hello", maxRetries: 0 });
    return "no error";
  } catch (error) {
    if (!APICallError.isInstance(error)) throw error;
    return { status: error.statusCode, message: error.message, isRetryable: error.isRetryable };
  }
}

/** A model whose provider breaks off after two pieces. */
async function brokenStream() {
  const errors: unknown[] = [];
  const stream = streamText({
    model: openrouter(process.env.BROKEN_MODEL ?? ""),
    prompt: "Say exactly: one two three four five",
    maxRetries: 0,
    onError: ({ error }) => void errors.push(field(error, "message") ?? error),
  });
  const pieces: string[] = [];
  for await (const piece of stream.textStream) pieces.push(piece);
  return { text: pieces.join(""), errors, finishReason: await stream.finishReason };
}
