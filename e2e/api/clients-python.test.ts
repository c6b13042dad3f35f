import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { findPythonOpenAi, PYTHON_OPENAI_VERSION } from "@/e2e/fixtures/find-python-openai";
import { BROKEN, type ClientServer, startClientServer } from "./client-server";
import { MODELS } from "./protocols";

const outcomeSchema = z.object({
  results: z.array(z.unknown()),
  failures: z.array(z.string()),
  mid_stream: z.unknown(),
  models: z.number(),
});

const found = findPythonOpenAi();
const CLIENT = `python's openai ${PYTHON_OPENAI_VERSION}`;

if (found.kind === "missing") {
  // Named in the report, so that nobody takes what did not run for what passed.
  test.skip(`${CLIENT}: ${found.reason}`);
}

describe.runIf(found.kind === "found")(CLIENT, () => {
  let running: ClientServer;
  let outcome: z.infer<typeof outcomeSchema>;

  beforeAll(async () => {
    if (found.kind === "missing") return;
    running = await startClientServer();
    running.sandbox.faults.set(BROKEN.provider, { error: { status: 503, afterChunks: 2 } });
    const { stdout } = await promisify(execFile)(found.python, ["e2e/api/python-scenarios.py"], {
      env: {
        NODE_ENV: "test",
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PYTHONPATH: found.packages,
        PYTHONDONTWRITEBYTECODE: "1",
        BASE_URL: running.baseUrl,
        API_KEY: running.key,
        SCENARIOS: JSON.stringify(MODELS.map(({ model, provider }) => ({ model, provider }))),
        BROKEN_MODEL: BROKEN.model,
      },
      timeout: 50_000,
    });
    outcome = outcomeSchema.parse(JSON.parse(stdout));
  });

  afterAll(() => running.stop());

  test.each(MODELS.map(({ model }, index) => ({ model, index })))(
    "reads answers, streams and tools of $model",
    ({ index }) => {
      expect(outcome.results[index]).toEqual({
        text: "Guten Tag",
        cost: expect.any(Number),
        streamed: "one two three four five",
        streamed_tokens: expect.any(Number),
        arguments: { city: "Lisbon" },
      });
    },
  );

  test("raises its own classes", () => {
    expect(outcome.failures).toEqual(["BadRequestError", "BadRequestError", "AuthenticationError"]);
  });

  test("raises where a stream breaks, after what came before", () => {
    expect(outcome.mid_stream).toEqual({ text: expect.stringMatching(/^one/), error: "APIError" });
  });

  test("lists the models", () => {
    expect(outcome.models).toBeGreaterThanOrEqual(400);
  });
});
