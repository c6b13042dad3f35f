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
  message: (input) =>
    `The request needs about ${tokensOf(input.needs)} tokens, more than the largest context of ${largestContextOf(input)} tokens; shorten the messages or lower max_tokens`,
  refuse: ({ contextTokens, fact: { maxPromptTokens } }, _model, { needs }) => {
    // 0: not known.
    const room = contextTokens === 0 ? Number.POSITIVE_INFINITY : contextTokens;
    // An answer has one token at least.
    const promptRoom = Math.min(maxPromptTokens ?? room, room - 1);
    if (needs.promptTokens <= promptRoom && tokensOf(needs) <= room) return undefined;
    const reason =
      maxPromptTokens !== undefined && needs.promptTokens > maxPromptTokens
        ? `takes prompts of at most ${maxPromptTokens} tokens`
        : `its context is ${contextTokens} tokens`;
    if (needs.promptTokens > promptRoom) return { reason, fix: shorterPrompt(needs, promptRoom, room) };
    const fix = `set ${needs.maxOutputField} to ${room - needs.promptTokens} or less, or shorten the messages`;
    return { reason, fix };
  },
};

/** The answer keeps its room, unless that is all there is. */
function shorterPrompt({ maxOutputTokens = 0, maxOutputField }: RouteNeeds, promptRoom: number, room: number): string {
  const beside = Math.min(promptRoom, room - maxOutputTokens);
  if (beside > 0) return `shorten messages to ${beside} tokens or less`;
  const half = Math.min(promptRoom, Math.ceil(room / 2));
  return `shorten messages to ${half} tokens or less; set ${maxOutputField} to ${room - half} or less`;
}

function tokensOf({ promptTokens, maxOutputTokens }: RouteNeeds): number {
  return promptTokens + (maxOutputTokens ?? 0);
}

function largestContextOf({ models, isConfigured }: PlanInput): number {
  const endpoints = models.flatMap((model) => model.endpoints.filter(isConfigured));
  return Math.max(0, ...endpoints.map((endpoint) => endpoint.contextTokens));
}
