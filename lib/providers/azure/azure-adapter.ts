import "server-only";
import { anthropicAdapter } from "../anthropic/anthropic-adapter";
import { buildBody as buildMessagesBody, buildHeaders as buildMessagesHeaders } from "../anthropic/build-request";
import { buildBody, buildHeaders } from "../openai/build-request";
import { openAiAdapter } from "../openai/openai-adapter";
import type { Adapter, AdapterInput, UpstreamRequest } from "../types";
import { deploymentOf, messagesUrlOf, operationUrlOf } from "./address";
import { connect } from "./connect";

/** OpenAI's protocol as Azure serves it: one address per deployment, the key in a header of its own. */
export const azureAdapter: Adapter = {
  ...openAiAdapter,
  protocol: "azure",
  buildRequest: buildChatRequest,
  forModel: (upstreamId) => (upstreamId.startsWith("claude-") ? azureMessagesAdapter : azureAdapter),
  connect,
};

/** Anthropic's protocol, which Azure speaks for Anthropic's models. */
const azureMessagesAdapter: Adapter = {
  ...anthropicAdapter,
  protocol: "azure",
  searching: () => azureMessagesAdapter,
  buildRequest: buildMessagesRequest,
};

function buildChatRequest(given: AdapterInput): UpstreamRequest {
  const input = { ...given, target: { ...given.target, upstreamId: deploymentOf(given.target) } };
  const { body, droppedParameters } = buildBody(input);
  const headers = { ...buildHeaders(input), "api-key": input.target.apiKey };
  return {
    url: operationUrlOf(given.target, "chat/completions"),
    headers,
    body: JSON.stringify(body),
    droppedParameters,
  };
}

function buildMessagesRequest(given: AdapterInput): UpstreamRequest {
  const input = { ...given, target: { ...given.target, upstreamId: deploymentOf(given.target) } };
  const { body, droppedParameters } = buildMessagesBody(input);
  const headers = { ...buildMessagesHeaders(input), "x-api-key": input.target.apiKey };
  return { url: messagesUrlOf(given.target.baseUrl), headers, body: JSON.stringify(body), droppedParameters };
}
