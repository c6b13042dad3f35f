import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { findNode22 } from "../fixtures/find-node-22";
import { BROKEN, type ClientServer, EMBEDDER, PAINTER, startClientServer } from "./client-server";
import { MODELS } from "./protocols";

const resultsSchema = z.object({
  results: z.array(z.record(z.string(), z.unknown())),
  error: z.unknown(),
  midStream: z.unknown(),
  others: z.unknown(),
});

const runtime = findNode22();
const CLIENT = "@openrouter/ai-sdk-provider 3.1.0 with ai";

if (runtime.kind === "missing") {
  // Named in the report, so that nobody takes what did not run for what passed.
  test.skip(`${CLIENT}: it needs Node 22, and ${runtime.reason}`);
}

describe.runIf(runtime.kind === "found")(CLIENT, () => {
  let running: ClientServer;
  let outcome: z.infer<typeof resultsSchema>;

  beforeAll(async () => {
    running = await startClientServer();
    running.sandbox.faults.set(BROKEN.provider, { error: { status: 503, afterChunks: 2 } });
    const { stdout } = await promisify(execFile)(
      runtime.kind === "found" ? runtime.path : "",
      ["--experimental-strip-types", "--no-warnings", "e2e/api/ai-sdk-scenarios.ts"],
      {
        env: {
          PATH: process.env.PATH,
          NODE_ENV: "test",
          BASE_URL: running.baseUrl,
          API_KEY: running.key,
          SCENARIOS: JSON.stringify(MODELS.map(({ model, provider }) => ({ model, provider }))),
          BROKEN_MODEL: BROKEN.model,
          EMBEDDER,
          PAINTER: PAINTER.model,
        },
        timeout: 50_000,
      },
    );
    outcome = resultsSchema.parse(JSON.parse(stdout));
  });

  afterAll(() => running.stop());

  test.each(MODELS.map(({ model }, index) => ({ model, index })))("does all it can with $model", ({ index }) => {
    expect(outcome.results[index]).toMatchObject({
      text: "Guten Tag",
      finishReason: "stop",
      totalTokens: expect.any(Number),
      cost: expect.any(Number),
      streamed: "one two three four five",
      streamedFinishReason: "stop",
      streamedTokens: expect.any(Number),
      streamedCost: expect.any(Number),
      asked: [{ city: "Lisbon" }, { city: "Lisbon" }],
      steps: [2, 2],
      afterTools: [expect.stringMatching(/./), expect.stringMatching(/./)],
      output: { city: expect.any(String) },
    });
  });

  test("gets vectors and pictures", () => {
    expect(outcome.others).toEqual({
      vectors: [1_536, 1_536],
      drawn: [["image/png"], ["image/png"]],
    });
  });

  test("reports an unknown model with its status and message, and does not retry it", () => {
    expect(outcome.error).toEqual({
      status: 400,
      message: expect.stringContaining("nobody/nothing is not a valid model ID"),
      isRetryable: false,
    });
  });

  test("gives what came before a stream broke, and then the error", () => {
    expect(outcome.midStream).toMatchObject({
      text: expect.stringMatching(/^one/),
      errors: [expect.stringContaining("Provider returned an error")],
      finishReason: "error",
    });
  });
});
