import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { addressesToFetch, type FetchedMedia, withFetchedMedia } from "@/lib/providers/media-addresses";
import { type Adapter, type AdapterInput, type AdapterTarget, UpstreamError } from "@/lib/providers/types";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { type ChatRequest, chatRequestSchema } from "@/lib/schemas/chat-request";
import { PLAIN_TARGET } from "./adapter-input";
import { arbitraryCapabilities, arbitraryChatRequest } from "./arbitrary-chat-request";
import { OWN_FIELDS, REQUESTS } from "./contract-requests";
import {
  decodeAll,
  deepFreeze,
  errorThrownBy,
  expectNoTypeError,
  failureThrownBy,
  readBody,
  readEvents,
  withNulls,
} from "./contract-tools";
import { foldAnswer } from "./fold-answer";

export type ProviderContract = {
  adapter: Adapter;
  target: Pick<AdapterTarget, "providerSlug" | "upstreamId" | "baseUrl">;
  /** Folder of `<what>.<provider>.<model>.<date>.sse|json`. */
  fixtures: URL;
  /** What the protocol requires of a request body. */
  requestSchema: z.ZodType;
  /** A field that we do not know and this provider does. */
  unknownField: { name: string; value: unknown };
  /** Status that the error in the fixture `mid-stream-error` stands for. */
  midStreamErrorStatus: number;
  /** Words of the provider's own in the fixtures `text`, `length` and `content-filter`. */
  nativeFinishReasons: Record<"text" | "length" | "content-filter", string>;
  /** Reads the output limit of a body. */
  limitOf(body: Record<string, unknown>): unknown;
  /** The protocol has no part for documents. */
  takesNoFiles?: true;
  /** The protocol gives answers no id. */
  answersHaveNoId?: true;
};

const API_KEY = "sk-contract-0123456789";

const USAGE = { promptTokens: 21, completionTokens: 9, cachedTokens: 8 };

/** What the fixtures say, whoever says it. */
const ANSWERS = {
  text: { content: "Signal boxes – héllo 🚂 – keep trains apart.", finishReason: "stop", usage: USAGE, toolCalls: [] },
  "tool-call": {
    content: "",
    finishReason: "tool_calls",
    toolCalls: [{ name: "list_signals", arguments: {} }],
  },
  "parallel-tool-calls": {
    content: "Let me look.",
    finishReason: "tool_calls",
    toolCalls: [
      { name: "get_weather", arguments: { city: "Zürich", unit: "c" } },
      { name: "get_time", arguments: { zone: "Europe/Zurich" } },
    ],
  },
  reasoning: {
    content: "One train waits.",
    reasoning: "The line is single track. So one of them waits.",
    finishReason: "stop",
    usage: { promptTokens: 14, completionTokens: 20 },
    toolCalls: [],
  },
  length: { content: "One, two, three", finishReason: "length", toolCalls: [] },
  "content-filter": { finishReason: "content_filter", toolCalls: [] },
  empty: { content: "", finishReason: "stop", toolCalls: [] },
} as const;

const ANSWER_NAMES = [
  "text",
  "tool-call",
  "parallel-tool-calls",
  "reasoning",
  "length",
  "content-filter",
  "empty",
] as const;

/** Runs every promise that all adapters share against one of them. */
export function describeProviderContract(contract: ProviderContract): void {
  const { adapter, fixtures } = contract;
  const eventsOf = (name: string, size?: number) => readEvents(fixtures, name, size, adapter.framing ?? "sse");

  describe(`answers of ${adapter.protocol}`, () => {
    test.each(ANSWER_NAMES)("%s is decoded as every adapter decodes it", (name) => {
      const answer = foldAnswer(decodeAll(adapter, eventsOf(name)));
      const calls = answer.toolCalls.map((call) => ({ name: call.name, arguments: JSON.parse(call.arguments) }));

      expect({ ...answer, toolCalls: calls }).toMatchObject(ANSWERS[name]);
      expect(new Set(answer.toolCalls.map(({ id }) => id)).size).toBe(calls.length);
      if (contract.answersHaveNoId === true) expect(answer.upstreamId).toBeUndefined();
      else expect(answer.upstreamId).toMatch(/./);
    });

    test.each(["text", "length", "content-filter"] as const)("%s keeps the provider's own word for its end", (name) => {
      const { nativeFinishReason } = foldAnswer(decodeAll(adapter, eventsOf(name)));
      expect(nativeFinishReason).toBe(contract.nativeFinishReasons[name]);
    });

    test.each(ANSWER_NAMES)("%s says the same whole as streamed", (name) => {
      const body: unknown = JSON.parse(readBody(fixtures, name));
      expect(foldAnswer(adapter.decodeBody(body))).toEqual(foldAnswer(decodeAll(adapter, eventsOf(name))));
    });

    // A network may cut anywhere, in the middle of a character as well.
    test.each([1, 2, 3, 7, 1_000])("says the same when bytes arrive %i at a time", (size) => {
      for (const name of ANSWER_NAMES) {
        expect(decodeAll(adapter, eventsOf(name, size))).toEqual(decodeAll(adapter, eventsOf(name)));
      }
    });

    test("cut at any event it says what came before, and that the end is missing", () => {
      for (const name of ANSWER_NAMES) {
        const events = eventsOf(name);
        const whole = decodeAll(adapter, events);
        for (let cut = 0; cut < events.length; cut++) {
          const decoder = adapter.createStreamDecoder();
          const before = events.slice(0, cut).flatMap((event) => decoder.decode(event));
          expect(before, `${name} cut at ${cut}`).toEqual(whole.slice(0, before.length));
          const hasFinished = before.some(({ finishReason }) => finishReason !== undefined);
          expect(decoder.isComplete(), `${name} cut at ${cut}`).toBe(hasFinished);
        }
      }
    });

    test("is complete once the provider has said why it stopped, and not before", () => {
      for (const name of ANSWER_NAMES) {
        const decoder = adapter.createStreamDecoder();
        let hasFinished = false;
        for (const event of eventsOf(name)) {
          expect(decoder.isComplete(), name).toBe(hasFinished);
          hasFinished ||= decoder.decode(event).some(({ finishReason }) => finishReason !== undefined);
        }
        expect(hasFinished && decoder.isComplete(), name).toBe(true);
      }
    });

    test("classes of tokens are parts of the totals", () => {
      for (const name of ANSWER_NAMES) {
        const { usage } = foldAnswer(decodeAll(adapter, eventsOf(name)));
        if (usage === undefined) throw new Error(`${name} has no usage`);
        expect(usage.cachedTokens + usage.cacheWriteTokens).toBeLessThanOrEqual(usage.promptTokens);
        expect(usage.reasoningTokens).toBeLessThanOrEqual(usage.completionTokens);
      }
    });

    test("a chunk with a delta is a chunk with content", () => {
      for (const name of ANSWER_NAMES) {
        for (const { delta } of decodeAll(adapter, eventsOf(name))) {
          if (delta === undefined) continue;
          expect(Object.values(delta).some((value) => value != null && value.length !== 0)).toBe(true);
        }
      }
    });

    test("an error in the stream is thrown after what came before it", () => {
      const decoder = adapter.createStreamDecoder();
      const chunks: ChatChunk[] = [];
      const run = () => {
        for (const event of eventsOf("mid-stream-error")) chunks.push(...decoder.decode(event));
      };
      const failure = failureThrownBy(run);
      expect(failure.status).toBe(contract.midStreamErrorStatus);
      expect(failure.message).toMatch(/\w/);
      expect(foldAnswer(chunks).content).toBe("Signal boxes");
      expect(decoder.isComplete()).toBe(false);
    });

    test.each(["not json", "[1]", "42", "null", '{"secret":"s3cr3t"}'])(
      "refuses the event %s without quoting it",
      (data) => {
        const error = errorThrownBy(() => adapter.createStreamDecoder().decode({ event: undefined, data }));
        expect(error).not.toBeInstanceOf(UpstreamError);
        expect(error.message).not.toMatch(/not json|secret|s3cr3t/);
      },
    );

    test.each([[null], ["text"], [42], [{}], [{ secret: "s3cr3t" }]])("refuses the body %j", (body) => {
      const error = errorThrownBy(() => adapter.decodeBody(body));
      expect(error).not.toBeInstanceOf(TypeError);
      expect(error.message).not.toMatch(/s3cr3t/);
    });

    test("null in any place is no surprise", () => {
      for (const name of ANSWER_NAMES) {
        const events = eventsOf(name);
        events.forEach(({ data }, at) => {
          for (const mutated of withNulls(data)) {
            const changed = events.map((event, index) => (index === at ? { ...event, data: mutated } : event));
            expectNoTypeError(() => decodeAll(adapter, changed), `${name}: ${mutated}`);
          }
        });
        for (const mutated of withNulls(readBody(fixtures, name))) {
          expectNoTypeError(() => adapter.decodeBody(JSON.parse(mutated)), `${name}: ${mutated}`);
        }
      }
    });
  });

  describe(`requests of ${adapter.protocol}`, () => {
    const build = (request: unknown, overrides: Partial<AdapterInput> = {}) => {
      const input = withBytes(adapter, inputOf(contract, chatRequestSchema.parse(request), overrides));
      const built = adapter.buildRequest(deepFreeze(input));
      const body: Record<string, unknown> = JSON.parse(built.body);
      return { ...built, body, text: built.body };
    };
    const expectValid = (body: unknown) =>
      expect(contract.requestSchema.safeParse(body).error?.issues ?? []).toEqual([]);

    test.each(Object.keys(REQUESTS))("%s is valid in the protocol, whole and streamed", (name) => {
      const request = REQUESTS[name];
      for (const stream of [false, true]) {
        const { body, url, droppedParameters } = build(request, { stream });
        expectValid(body);
        expect(new URL(url).href.startsWith(contract.target.baseUrl)).toBe(true);
        expect(droppedParameters).toEqual([]);
      }
    });

    test("any small request builds, is valid in the protocol and leaks nothing of ours", () => {
      fc.assert(
        fc.property(
          arbitraryChatRequest,
          arbitraryCapabilities,
          fc.boolean(),
          fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
          (drawn, capabilities, stream, maxTokens) => {
            const request = contract.takesNoFiles === true ? withoutFiles(drawn) : drawn;
            const target = { ...inputOf(contract, request).target, ...capabilities };
            const input = withBytes(adapter, inputOf(contract, request, { target, stream, maxTokens }));
            const built = adapter.buildRequest(deepFreeze(input));
            expectValid(JSON.parse(built.body));
            expect(new Set(built.droppedParameters).size).toBe(built.droppedParameters.length);
          },
        ),
        { numRuns: 300 },
      );
    });

    test("the key goes into a header and nowhere else", () => {
      const { url, text, headers } = build(REQUESTS.text);
      expect(url + text).not.toContain(API_KEY);
      expect(Object.values(headers).join()).toContain(API_KEY);
    });

    test("fields of ours are never sent", () => {
      const { text, droppedParameters } = build({ ...OWN_FIELDS, messages: [{ role: "user", content: "hi" }] });
      expect(text).not.toMatch(/ours-/);
      expect(droppedParameters).toEqual([]);
    });

    test("a field that we do not know reaches a provider that does", () => {
      const { name, value } = contract.unknownField;
      const { body } = build({ messages: [{ role: "user", content: "hi" }], [name]: value });
      expect(body[name]).toEqual(value);
      expectValid(body);
    });

    test("a parameter that the endpoint does not list is dropped and named", () => {
      const request = {
        messages: [{ role: "user", content: "hi" }],
        temperature: 0.123,
        seed: 4_711,
        stop: "halt-word",
      };
      const target = {
        ...inputOf(contract, chatRequestSchema.parse(request)).target,
        supportedParameters: new Set(["tools"]),
      };
      const { text, droppedParameters } = build(request, { target });
      expect([...droppedParameters].sort()).toEqual(["seed", "stop", "temperature"]);
      expect(text).not.toMatch(/0\.123|4711|halt-word/);
    });

    test("the planned output limit wins over the caller's", () => {
      const request = { messages: [{ role: "user", content: "hi" }], max_tokens: 100, max_completion_tokens: 90 };
      expect(contract.limitOf(build(request, { maxTokens: 50 }).body)).toBe(50);
    });
  });

  describe(`refusals of ${adapter.protocol}`, () => {
    test.each([
      { name: "an HTML page", body: "<html><head><title>502 Bad Gateway</title></head><body>x</body></html>" },
      { name: "plain text", body: "upstream connect error" },
      { name: "nothing", body: "" },
      { name: "other JSON", body: '{"detail":"upstream connect error"}' },
      { name: "a JSON list", body: "[]" },
      { name: "a megabyte", body: "x".repeat(1_000_000) },
    ])("$name keeps its status and gives a short message", ({ body }) => {
      const failure = adapter.decodeFailure(502, body);
      expect(failure.status).toBe(502);
      expect(failure.message.length).toBeGreaterThan(0);
      expect(failure.message.length).toBeLessThanOrEqual(1_000);
      expect(failure.message).not.toMatch(/[<>]/);
    });

    test("secrets in a message are removed", () => {
      const secrets = `key ${API_KEY}, Bearer abcdef123456, https://x.test/?key=AIzaSyA1234567890abcdef&x=1`;
      const { message } = adapter.decodeFailure(401, JSON.stringify({ error: { message: secrets } }));
      expect(message).not.toMatch(/0123456789|abcdef/);
      expect(message).toContain("x.test");
    });
  });
}

function inputOf(
  contract: ProviderContract,
  request: ChatRequest,
  overrides: Partial<AdapterInput> = {},
): AdapterInput {
  const target = { ...PLAIN_TARGET, ...contract.target, apiKey: API_KEY };
  return { request, target, stream: false, maxTokens: undefined, betaFeatures: [], ...overrides };
}

const FETCHED: Readonly<Record<string, FetchedMedia>> = {
  image: { mediaType: "image/png", base64: "iVBORw0KGgo=" },
  file: { mediaType: "application/pdf", base64: "JVBERi0xLjQK" },
  video: { mediaType: "video/mp4", base64: "AAAAIGZ0eXA=" },
};

/** The input as the gateway gives it: what the provider does not fetch itself was fetched. */
function withBytes(adapter: Adapter, input: AdapterInput): AdapterInput {
  const fetched = new Map<string, FetchedMedia>();
  for (const { kind, url } of addressesToFetch(input.request, adapter, input.target)) {
    const media = FETCHED[kind];
    if (media !== undefined) fetched.set(url, media);
  }
  return { ...input, request: withFetchedMedia(input.request, fetched) };
}

function withoutFiles(request: ChatRequest): ChatRequest {
  const messages = request.messages.map((message) =>
    message.role === "user" && typeof message.content === "object"
      ? { ...message, content: message.content.filter(({ type }) => type !== "file") }
      : message,
  );
  return { ...request, messages };
}
