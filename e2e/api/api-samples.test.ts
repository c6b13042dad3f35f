import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiSamples, KEY_PLACEHOLDER } from "@/components/models/api-samples";
import { findPythonOpenAi } from "@/e2e/fixtures/find-python-openai";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";

const run = promisify(execFile);
const python = findPythonOpenAi();
const hasRequests = spawnSync("python3", ["-c", "import requests"]).status === 0;
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ env: { SANDBOX: "on" } });
});

afterAll(() => server.stop());

/** The sample of a model's page with a key put in, as a reader would paste it. */
function sampleOf(id: string, model: string, kind: "chat" | "image" = "chat"): string {
  const sample = apiSamples({ baseUrl: server.url, model, kind }).find((one) => one.id === id);
  if (sample === undefined) throw new Error(`there is no sample ${id}`);
  expect(sample.code.split(KEY_PLACEHOLDER)).toHaveLength(2);
  return sample.code.replace(KEY_PLACEHOLDER, server.key);
}

async function printed(command: string, parameters: readonly string[], env: Record<string, string> = {}) {
  const { stdout } = await run(command, parameters, { env: { ...process.env, ...env } });
  return stdout.trim();
}

const MODEL = "openai/gpt-4o-mini";
const asModule = (code: string) => printed(process.execPath, ["--input-type=module", "--eval", code]);

describe("samples of a model's page run as they are", () => {
  test.each(["typescript", "openai-typescript", "sdk"])("%s", async (id) => {
    expect((await asModule(sampleOf(id, MODEL))).length).toBeGreaterThan(10);
  });

  test.each(["typescript", "openai-typescript", "sdk"])("%s, of a model that draws", async (id) => {
    expect(await asModule(sampleOf(id, "google/gemini-2.5-flash-image", "image"))).toMatch(/^data:image\//);
  });

  test.skipIf(!hasCurl)("curl", async () => {
    expect(JSON.parse(await printed("sh", ["-c", sampleOf("curl", MODEL)]))).toMatchObject({
      choices: [{ message: { content: expect.stringMatching(/.{10}/s) } }],
    });
  });

  test.skipIf(python.kind === "missing")("openai-python", async () => {
    if (python.kind === "missing") return;
    const code = sampleOf("openai-python", MODEL);
    expect((await printed(python.python, ["-c", code], { PYTHONPATH: python.packages })).length).toBeGreaterThan(10);
  });

  test.skipIf(!hasRequests)("Python", async () => {
    expect((await printed("python3", ["-c", sampleOf("python", MODEL)])).length).toBeGreaterThan(10);
  });
});
