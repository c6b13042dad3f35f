import type { Question } from "@/lib/sandbox/question";

/** For tests: a question that asks nothing special but what `more` says. */
export function questionOf(more: Partial<Question>): Question {
  return {
    provider: "deepinfra",
    model: "acme/model-1",
    system: "",
    userText: "",
    prefill: "",
    userTurns: 1,
    attachments: [],
    tools: [],
    toolChoice: "auto",
    parallelToolCalls: true,
    talksBeforeTools: false,
    toolResults: [],
    format: { kind: "text" },
    reasoning: null,
    image: null,
    maxTokens: null,
    stop: [],
    seed: null,
    prompt: [],
    ...more,
  };
}
