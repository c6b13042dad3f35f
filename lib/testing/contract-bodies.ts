import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressesToFetch, type FetchedMedia, withFetchedMedia } from "@/lib/providers/media-addresses";
import type { Adapter, AdapterInput } from "@/lib/providers/types";
import { type ChatRequest, chatRequestSchema } from "@/lib/schemas/chat-request";
import { PLAIN_TARGET } from "./adapter-input";
import { arbitraryCapabilities, arbitraryChatRequest } from "./arbitrary-chat-request";
import { OWN_FIELDS, REQUESTS } from "./contract-requests";
import { CONTRACT_KEY, type ProviderContract } from "./contract-terms";
import { deepFreeze } from "./contract-tools";

/** What an adapter sends: bodies that are valid in the protocol, say all that was asked, and nothing of ours. */
export function describeBodies(contract: ProviderContract): void {
  const { adapter } = contract;

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
      expect(url + text).not.toContain(CONTRACT_KEY);
      expect(Object.values(headers).join()).toContain(CONTRACT_KEY);
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
}

function inputOf(
  contract: ProviderContract,
  request: ChatRequest,
  overrides: Partial<AdapterInput> = {},
): AdapterInput {
  const target = { ...PLAIN_TARGET, ...contract.target, apiKey: CONTRACT_KEY };
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
