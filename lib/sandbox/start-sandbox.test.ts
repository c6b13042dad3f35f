import { describe, expect, test, vi } from "vitest";
import { startSandbox } from "@/lib/sandbox/start-sandbox";
import { testSandbox } from "@/lib/sandbox/test-sandbox";

const sandbox = testSandbox({ random: () => 0.5 });
const ask = (text: string, more: Record<string, unknown> = {}) => ({
  model: "m",
  max_tokens: 1000,
  messages: [{ role: "user", content: text }],
  ...more,
});
const askGemini = (text: string) => ({ contents: [{ role: "user", parts: [{ text }] }] });
const fault = (text: string) => ({ "x-sandbox-fault": text });

/** One streaming and one whole request for each protocol. */
const WIRES = [
  { name: "openai", whole: "/p/chat/completions", stream: "/p/chat/completions", body: ask, isFlagged: true },
  { name: "anthropic", whole: "/p/v1/messages", stream: "/p/v1/messages", body: ask, isFlagged: true },
  {
    name: "gemini",
    whole: "/p/models/g:generateContent",
    stream: "/p/models/g:streamGenerateContent?alt=sse",
    body: askGemini,
    isFlagged: false,
  },
] as const;

describe("paths", () => {
  test.each([
    ["/p/chat/completions", 200],
    ["/p/v1/chat/completions", 200],
    ["/p/messages", 200],
    ["/p/v1/messages", 200],
    ["/p/v2/embeddings/x", 404],
    ["/p", 404],
    ["/", 404],
    ["/p/chat/completions/x", 404],
  ])("%s: %i", async (path, status) => {
    expect((await sandbox.post(path, ask("hi"))).status).toBe(status);
  });

  test.each([
    "/p/models/g:generateContent",
    "/p/v1beta/models/g:generateContent",
    "/p/v1/projects/a/locations/b/publishers/google/models/g:generateContent",
    "/p/models/acme%2Fg:generateContent",
  ])("%s: 200", async (path) => {
    expect((await sandbox.post(path, askGemini("hi"))).status).toBe(200);
  });

  test("an unknown path is refused in the words of the protocol whose headers came", async () => {
    const url = `${sandbox.running().baseUrl}/p/nowhere`;
    const errorOf = async (headers: Record<string, string>) => (await fetch(url, { method: "POST", headers })).json();
    expect(await errorOf({ authorization: "Bearer x" })).toMatchObject({
      error: { message: "Invalid URL (POST /nowhere)" },
    });
    expect(await errorOf({ "x-api-key": "x" })).toMatchObject({ type: "error", error: { type: "not_found_error" } });
    expect(await errorOf({ "x-goog-api-key": "x" })).toMatchObject({ error: { code: 404, status: "NOT_FOUND" } });
  });

  test("another method than POST is refused", async () => {
    const response = await fetch(`${sandbox.running().baseUrl}/p/chat/completions`);
    expect(response.status).toBe(405);
  });
});

describe.each(WIRES)("faults of one request: $name", ({ whole, stream, body, isFlagged }) => {
  const streaming = (text: string) => (isFlagged ? { ...body(text), stream: true } : body(text));
  const LONG = "Write 60 words";

  test.each([400, 401, 403, 408, 429, 500, 502, 503, 529])(
    "status %i, for whole answers and streams",
    async (status) => {
      const answered = await sandbox.postJson(whole, body("hi"), fault(`status=${status}, retry-after=7`));
      expect(answered.status).toBe(status);
      expect(answered.headers.get("retry-after")).toBe("7");
      expect(answered.json.error.message).toBeTypeOf("string");
      expect((await sandbox.post(stream, streaming("hi"), fault(`status=${status}`))).status).toBe(status);
    },
  );

  test("a stream that fails on its way ends with an error event", async () => {
    const events = await sandbox.postEvents(stream, streaming(LONG), fault("status=503, after=2"));
    const last = JSON.parse(events.at(-1)?.data ?? "{}");
    expect(last.error.message).toBeTypeOf("string");
    expect(events.length).toBeGreaterThan(2);
    expect(events.length).toBeLessThan(7);
  });

  test("a cut stream breaks off after so many chunks, before its end", async () => {
    const response = await sandbox.send(stream, streaming(LONG), { headers: fault("truncate=3") });
    const pieces: string[] = [];
    const read = async () => {
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) pieces.push(piece);
    };
    await expect(read()).rejects.toThrow();
    const chunks = pieces.join("").match(/"content":"[^"]|"text":"[^"]/g) ?? [];
    expect(chunks).toHaveLength(3);
  });

  test("a cut body breaks off in the middle", async () => {
    await expect(sandbox.post(whole, body("hi"), fault("truncate"))).rejects.toThrow();
  });

  test("a reset connection answers nothing", async () => {
    await expect(sandbox.post(whole, body("hi"), fault("reset"))).rejects.toThrow();
  });

  test("garbage is not JSON", async () => {
    const { status, text } = await sandbox.post(whole, body("hi"), fault("garbage"));
    expect(status).toBe(200);
    expect(() => JSON.parse(text)).toThrow();
    const events = await sandbox.postEvents(stream, streaming(LONG), fault("garbage=1"));
    const broken = events.filter(({ data }) => data !== "[DONE]" && !isJson(data));
    expect(broken).toHaveLength(1);
    expect(events.length).toBeGreaterThan(10);
  });

  test("an empty answer is whole but says nothing", async () => {
    const { status, text } = await sandbox.post(whole, body("hi"), fault("empty"));
    expect(status).toBe(200);
    expect(Object.keys(JSON.parse(text)).join()).toMatch(/usage/);
    expect(text).not.toMatch(/"(?:content|text)":"[^"]/);
    const events = await sandbox.postEvents(stream, streaming("hi"), fault("empty"));
    expect(events.map(({ data }) => data).join("")).not.toMatch(/"(?:content|text)":"[^"]/);
    expect((await sandbox.post(whole, body("hi"), fault("empty=body"))).text).toBe("");
  });

  test("a refusal says nothing and says why", async () => {
    const { text } = await sandbox.post(stream, streaming("hi"), fault("refuse"));
    expect(text).toMatch(/content_filter|"stop_reason":"refusal"|PROHIBITED_CONTENT/);
  });

  test.each(["stall", "stall=2"])("%s holds the line until the client hangs up", async (header) => {
    const hangUp = new AbortController();
    const pending = sandbox.send(stream, streaming(LONG), { headers: fault(header), signal: hangUp.signal });
    const settled = pending.then((response) => response.text());
    await vi.waitFor(() => expect(sandbox.running().openRequests).toBe(1));
    hangUp.abort();
    await expect(settled).rejects.toThrow();
    await vi.waitFor(() => expect(sandbox.running().openRequests).toBe(0));
  });

  test("a header with a typing error is refused", async () => {
    expect((await sandbox.post(whole, body("hi"), fault("sttus=500"))).status).toBe(400);
  });
});

describe("the fault board", () => {
  test("holds for one provider, from the next request on, until it is cleared", async () => {
    const { faults } = sandbox.running();
    faults.set("broken", { error: { status: 503 } });
    expect((await sandbox.post("/broken/chat/completions", ask("hi"))).status).toBe(503);
    expect((await sandbox.post("/sound/chat/completions", ask("hi"))).status).toBe(200);
    faults.delete("broken");
    expect((await sandbox.post("/broken/chat/completions", ask("hi"))).status).toBe(200);
  });

  test("chances are drawn from the given source", async () => {
    const { faults } = sandbox.running();
    faults.set("flaky", { error: { status: 500, probability: 0.51 } });
    expect((await sandbox.post("/flaky/chat/completions", ask("hi"))).status).toBe(500);
    faults.set("flaky", { error: { status: 500, probability: 0.5 } });
    expect((await sandbox.post("/flaky/chat/completions", ask("hi"))).status).toBe(200);
    faults.clear();
  });

  test("a request's own header takes its place", async () => {
    const { faults } = sandbox.running();
    faults.set("broken", { error: { status: 503 } });
    expect((await sandbox.post("/broken/chat/completions", ask("hi"), fault("status=429"))).status).toBe(429);
    faults.clear();
  });

  test("delays are waited for, before the answer and before each chunk", async () => {
    const startedMs = performance.now();
    await sandbox.post("/p/chat/completions", ask("say exactly: a", { stream: true }), fault("delay=60, slow=40"));
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(95);
  });
});

describe("life", () => {
  test("a client that leaves stops its stream at once", async () => {
    const hangUp = new AbortController();
    const response = await sandbox.send(
      "/p/chat/completions",
      ask("Write 5000 words", { stream: true, max_tokens: 90_000 }),
      {
        headers: fault("slow=5"),
        signal: hangUp.signal,
      },
    );
    await response.body?.getReader().read();
    expect(sandbox.running().openRequests).toBe(1);
    hangUp.abort();
    await vi.waitFor(() => expect(sandbox.running().openRequests).toBe(0), { timeout: 1000, interval: 5 });
  });

  test("a long stream to a slow reader arrives whole", async () => {
    const events = await sandbox.postEvents(
      "/p/chat/completions",
      ask("Write 20000 words", { stream: true, max_tokens: 90_000 }),
    );
    const text = events
      .slice(0, -1)
      .map(({ data }) => JSON.parse(data).choices[0].delta.content ?? "")
      .join("");
    expect(text.split(" ")).toHaveLength(20_000);
  });

  test("closing ends what is open and frees the port", async () => {
    const other = await startSandbox({ speed: "instant" });
    const pending = fetch(`${other.baseUrl}/p/chat/completions`, {
      method: "POST",
      headers: { authorization: "Bearer x", ...fault("stall") },
      body: JSON.stringify(ask("hi")),
    });
    const failed = expect(pending).rejects.toThrow();
    await vi.waitFor(() => expect(other.openRequests).toBe(1));
    await other.close();
    await failed;
    await vi.waitFor(() => expect(other.openRequests).toBe(0));
    await expect(fetch(other.baseUrl)).rejects.toThrow();
  });

  test("a taken port rejects", async () => {
    const port = Number(new URL(sandbox.running().baseUrl).port);
    await expect(startSandbox({ port })).rejects.toThrow(/EADDRINUSE/);
  });

  test("at believable speed the first token takes its time, and a whole answer no more than three seconds", async () => {
    const other = await startSandbox({ random: () => 0 });
    const post = async (text: string, stream: boolean) => {
      const startedMs = performance.now();
      const headers = { authorization: "Bearer x" };
      const body = JSON.stringify({ model: "m", stream, messages: [{ role: "user", content: text }] });
      const response = await fetch(`${other.baseUrl}/groq/chat/completions`, { method: "POST", headers, body });
      const reader = response.body?.getReader();
      await reader?.read();
      const firstMs = performance.now() - startedMs;
      for (let read = await reader?.read(); read?.done === false; read = await reader?.read());
      return { firstMs, totalMs: performance.now() - startedMs };
    };
    const [streamed, whole] = await Promise.all([post("Write 60 words", true), post("Write 9000 words", false)]);
    // Groq's profile is 70 ms and 280 tokens a second; the drawn jitter makes both 0.7 of that.
    expect(streamed.firstMs).toBeGreaterThanOrEqual(48);
    expect(streamed.totalMs).toBeGreaterThanOrEqual(48 + 55 * 2.4);
    expect(whole.totalMs).toBeGreaterThanOrEqual(2990);
    expect(whole.totalMs).toBeLessThan(4500);
    await other.close();
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
