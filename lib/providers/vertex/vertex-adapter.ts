import "server-only";
import { anthropicAdapter } from "../anthropic/anthropic-adapter";
import { buildBody as buildMessagesBody, buildHeaders as buildMessagesHeaders } from "../anthropic/build-request";
import { buildBody as buildContentBody, modelPathOf } from "../gemini/build-request";
import { decodeFailure as decodeGoogleFailure } from "../gemini/decode-failure";
import { geminiAdapter } from "../gemini/gemini-adapter";
import { buildBody as buildChatBody, buildHeaders as buildChatHeaders } from "../openai/build-request";
import { openAiAdapter } from "../openai/openai-adapter";
import type { Adapter, AdapterInput, UpstreamRequest } from "../types";
import { locationUrlOf } from "./address";
import { connect } from "./connect";

// Source: platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai, as known in 2026-11.
const MESSAGES_VERSION = "vertex-2023-10-16";

/** Google's generateContent protocol, as Vertex AI serves it. */
export const vertexAdapter: Adapter = {
  ...geminiAdapter,
  protocol: "vertex",
  buildRequest: buildContentRequest,
  forModel: (upstreamId) => {
    if (upstreamId.startsWith("claude-")) return vertexMessagesAdapter;
    // Models of other makers, served for Google's account, are named with their maker.
    return upstreamId.includes("/") ? vertexChatAdapter : vertexAdapter;
  },
  // Unlike AI Studio it opens no page of YouTube for a caller. Source: OpenRouter's documentation of videos, read 2026-11-20.
  wantsBytes: (_kind, url) => !url.startsWith("gs://"),
  connect,
};

/** Anthropic's protocol, which Vertex AI speaks for Anthropic's models. */
export const vertexMessagesAdapter: Adapter = {
  ...anthropicAdapter,
  protocol: "vertex",
  searching: () => vertexMessagesAdapter,
  buildRequest: buildMessagesRequest,
  // A refusal may come from Google or from Anthropic behind it, each in its own words.
  decodeFailure: (status, body) =>
    (/"type"\s*:\s*"error"/.test(body) ? anthropicAdapter.decodeFailure : decodeGoogleFailure)(status, body),
  // Addresses are opened at Anthropic's own API only. Source: platform.claude.com/docs/en/build-with-claude/vision and
  // /pdf-support, as known in 2026-11.
  wantsBytes: () => true,
};

/** OpenAI's protocol, which Vertex AI speaks for open models. */
const vertexChatAdapter: Adapter = {
  ...openAiAdapter,
  protocol: "vertex",
  searching: () => undefined,
  buildRequest: buildChatRequest,
  wantsBytes: (_kind, url) => !url.startsWith("gs://"),
};

function buildContentRequest(input: AdapterInput): UpstreamRequest {
  const { target, stream } = input;
  const { body, droppedParameters } = buildContentBody(input);
  const headers: Record<string, string> = {
    "content-type": "application/json",
    accept: stream ? "text/event-stream" : "application/json",
  };
  if (target.apiKey !== "") headers["x-goog-api-key"] = target.apiKey;
  const url = `${locationUrlOf(target)}/publishers/google/${modelPathOf(target, stream)}`;
  return { url, headers, body: JSON.stringify(body), droppedParameters };
}

function buildMessagesRequest(input: AdapterInput): UpstreamRequest {
  const { target, stream } = input;
  const { body: built, droppedParameters } = buildMessagesBody(input);
  // The model is part of the address, and the version part of the body.
  const { model: _, ...rest } = built;
  const { "anthropic-version": __, ...headers } = buildMessagesHeaders(input);
  if (target.apiKey !== "") headers["x-goog-api-key"] = target.apiKey;
  const model = encodeURIComponent(target.upstreamId).replace("%40", "@");
  const url = `${locationUrlOf(target)}/publishers/anthropic/models/${model}:${stream ? "streamRawPredict" : "rawPredict"}`;
  return { url, headers, body: JSON.stringify({ anthropic_version: MESSAGES_VERSION, ...rest }), droppedParameters };
}

function buildChatRequest(input: AdapterInput): UpstreamRequest {
  const { target } = input;
  const { body, droppedParameters } = buildChatBody(input);
  const headers = buildChatHeaders(input);
  if (target.apiKey !== "") headers["x-goog-api-key"] = target.apiKey;
  const url = `${locationUrlOf(target)}/endpoints/openapi/chat/completions`;
  return { url, headers, body: JSON.stringify(body), droppedParameters };
}
