import type { Endpoint } from "@/lib/schemas/endpoint";
import { contextFitOf, promptTokensOf } from "./context-fit";
import type { Rule } from "./rule";
import type { PlanInput, RouteNeeds } from "./types";

export const maxTokensRule: Rule = {
  name: "max_tokens",
  applies: ({ needs }) => needs.maxOutputTokens !== undefined,
  message: ({ needs }) => `No endpoints found that can produce ${needs.maxOutputTokens} tokens`,
  refuse: ({ maxOutputTokens, contextTokens }, _model, { needs }) => {
    // Nobody writes more than its context holds.
    const most = maxOutputTokens ?? (contextTokens === 0 ? Number.POSITIVE_INFINITY : contextTokens);
    return (needs.maxOutputTokens ?? 0) <= most
      ? undefined
      : { reason: `produces at most ${most} tokens`, fix: `set ${needs.maxOutputField} to ${most} or less` };
  },
};

export const contextLengthRule: Rule = {
  name: "context_length",
  message: contextMessage,
  refuse: (endpoint, _model, { needs }) => {
    if (contextFitOf(endpoint, needs) !== "too_long") return undefined;
    const {
      contextTokens,
      fact: { maxPromptTokens },
    } = endpoint;
    const promptTokens = promptTokensOf(endpoint, needs);
    // An answer has one token at least.
    const promptRoom = Math.min(maxPromptTokens ?? contextTokens, contextTokens - 1);
    const reason =
      maxPromptTokens !== undefined && promptTokens > maxPromptTokens
        ? `takes prompts of at most ${maxPromptTokens} tokens`
        : `its context is ${contextTokens} tokens`;
    const advice = compressionHelps(endpoint, needs) ? ', or add "context-compression" to plugins' : "";
    if (promptTokens > promptRoom)
      return { reason, fix: `${shorterPrompt(needs, promptRoom, contextTokens)}${advice}` };
    const lower = `set ${needs.maxOutputField} to ${contextTokens - promptTokens} or less`;
    return { reason, fix: `${lower}, or shorten the messages${advice}` };
  },
};

function compressionHelps(endpoint: Endpoint, { context, ...needs }: RouteNeeds): boolean {
  if (context === undefined || context.compression === "on") return false;
  return contextFitOf(endpoint, { ...needs, context: { ...context, compression: "on" } }) !== "too_long";
}

/** Names both numbers, and the ways out. */
function contextMessage({ models, needs, isConfigured }: PlanInput): string {
  const endpoints = models.flatMap((model) => model.endpoints.filter(isConfigured));
  const [largest] = endpoints.toSorted((a, b) => b.contextTokens - a.contextTokens);
  const prompt = largest === undefined ? needs.promptTokens : promptTokensOf(largest, needs);
  const room = largest?.contextTokens ?? 0;
  const { maxOutputTokens: output = 0, maxOutputField, context, promptField } = needs;
  if (promptField !== undefined)
    return `An entry of ${promptField} has about ${prompt} tokens, more than the largest context of ${room} tokens; split it`;
  const parts = output === 0 ? "" : ` (${prompt} of messages, ${output} of output)`;
  const advice =
    context?.compression === "on"
      ? ""
      : ', or have the middle of the conversation left out with plugins: [{"id": "context-compression"}] (transforms: ["middle-out"])';
  return `The request needs about ${prompt + output} tokens${parts}, more than the largest context of ${room} tokens; shorten the messages or lower ${maxOutputField}${advice}`;
}

/** The answer keeps its room, unless that is all there is. */
function shorterPrompt(needs: RouteNeeds, promptRoom: number, room: number): string {
  const { maxOutputTokens = 0, maxOutputField, promptField } = needs;
  if (promptField !== undefined) return `shorten each entry of ${promptField} to ${promptRoom} tokens or less`;
  const beside = Math.min(promptRoom, room - maxOutputTokens);
  if (beside > 0) return `shorten messages to ${beside} tokens or less`;
  const half = Math.min(promptRoom, Math.ceil(room / 2));
  return `shorten messages to ${half} tokens or less; set ${maxOutputField} to ${room - half} or less`;
}
