import type { ProviderQuirks } from "./provider-quirks";

/** Everything that a provider opens by address. */
const ANY_ADDRESS = ["image", "video", "file"] as const;

/** Facts by provider slug. A provider that is not here speaks the plain dialect. */
export const DIALECT_FACTS: Readonly<Record<string, Partial<ProviderQuirks>>> = {
  // `max_tokens` is deprecated and refused by the o-series; the role `developer` replaces `system` since o1.
  // Source: type declarations of the npm package openai 7.55.0, read 2026-11-20.
  openai: { maxTokensField: "max_completion_tokens", developerRole: true },
  // Serves OpenAI's models under OpenAI's rules, and takes the new name for the others too.
  // Source: learn.microsoft.com/azure/ai-foundry/openai/latest, as known in 2026-11.
  azure: { maxTokensField: "max_completion_tokens", developerRole: true },
  // Serves OpenAI's models under OpenAI's rules. As known in 2026-11.
  "github-models": { maxTokensField: "max_completion_tokens", developerRole: true },
  // Keeps OpenRouter's own request shape, reasoning object and details included.
  // Source: OpenRouter API reference, read 2026-11-20.
  openrouter: {
    reasoning: "object",
    replay: "reasoning_details",
    developerRole: true,
    cacheControl: true,
    metadata: true,
    opens: ANY_ADDRESS,
    resultMedia: true,
  },
  // Refuses what it does not know, names of messages and probabilities among it. Sources: console.groq.com/docs/openai and
  // /docs/service-tiers, read 2026-11-21; console.groq.com/docs/reasoning, read 2026-11-20. It refuses `reasoning_content`
  // in messages (agentjido/req_llm issue 772, 2026-06), so nothing is replayed.
  groq: {
    maxTokensField: "max_completion_tokens",
    reasoningFormat: true,
    messageNames: false,
    serviceTiers: ["auto", "flex"],
    refused: ["logprobs", "top_logprobs", "logit_bias", "prediction", "prompt_cache_key", "store", "verbosity"],
  },
  // Source: reference of ReqLLM's Cerebras provider (hexdocs.pm/req_llm 1.9.0), which lists what is answered with 400,
  // read 2026-11-20.
  cerebras: {
    maxTokensField: "max_completion_tokens",
    refused: ["frequency_penalty", "presence_penalty", "logit_bias", "parallel_tool_calls", "service_tier"],
  },
  // Thinking is on unless disabled; `reasoning_effort` goes beside the switch.
  // Source: api-docs.deepseek.com/guides/thinking_mode, read 2026-11-20. Between tool calls the reasoning must come back
  // (as known in 2026-11). Content in parts is answered with 400. Source: QwenLM/qwen-code pull request 2320 (2026-03).
  deepseek: { reasoning: "thinking", replay: "reasoning_content", stringContent: true },
  // Source: docs.z.ai/guides/capabilities/thinking-mode, read 2026-11-20.
  // `tool_choice` knows only "auto", the user's id has another name. Source: docs.z.ai/api-reference/llm/chat-completion,
  // as known in 2026-11.
  "z-ai": { reasoning: "thinking", replay: "reasoning_content", forcesCalls: false, renamed: { user: "user_id" } },
  // Source: platform.xiaomimimo.com API reference, as known in 2026-11.
  xiaomi: { maxTokensField: "max_completion_tokens", reasoning: "thinking", replay: "reasoning_content" },
  // `thinking` for Kimi K2.x, `reasoning_effort` for K3, and unknown fields are ignored, so both may go together.
  // Source: agentscope and synaps-engine notes on platform.kimi.ai, read 2026-11-20.
  // Pictures only as bytes, no forced calls. Source: platform.moonshot.ai/docs, vision and tool use, as known in 2026-11.
  moonshotai: {
    maxTokensField: "max_completion_tokens",
    reasoning: "thinking",
    replay: "reasoning_content",
    opens: [],
    forcesCalls: false,
  },
  // Source: alibabacloud.com/help/en/model-studio/deep-thinking, edition of 2026-06-18, read 2026-11-20.
  alibaba: { reasoning: "enable_thinking", cacheControl: true },
  // The two parameters of Alibaba. Source: its API reference as remembered in 2026-11; the page could not be re-read.
  siliconflow: { reasoning: "enable_thinking" },
  // Strict about unknown fields; usage always comes with the last chunk. Source: types of npm @mistralai/mistralai,
  // ChatCompletionStreamRequest and its parts, read 2026-11-21. Ids of calls: "must be a-z, A-Z, 0-9, with a length of 9",
  // its answer to others, as known in 2026-11.
  mistral: {
    replay: "thinking",
    streamOptions: false,
    metadata: true,
    shortCallIds: true,
    prefixField: true,
    ownMediaParts: true,
    messageNames: false,
    opens: ["image", "file"],
    serviceTiers: ["auto"],
    renamed: { seed: "random_seed" },
    refused: [
      "user",
      "logit_bias",
      "logprobs",
      "top_logprobs",
      "top_k",
      "min_p",
      "repetition_penalty",
      "store",
      "verbosity",
    ],
  },
  // Models that reason refuse these three. Source: docs.x.ai/docs/models, as known in 2026-11.
  xai: { refusedWhenReasoning: ["frequency_penalty", "presence_penalty", "stop"] },
  // "After the system message, user or tool messages should alternate with assistant messages", its answer to others.
  // Source: docs.perplexity.ai/api-reference/chat-completions-post, as known in 2026-11.
  perplexity: { alternates: true, refused: ["tools", "tool_choice", "parallel_tool_calls", "logit_bias"] },
  // Reasoning comes back as `reasoning_content`. Source: docs.fireworks.ai/guides/reasoning, as known in 2026-11.
  fireworks: { replay: "reasoning_content" },
  // Without it thoughts are part of the content. Source: friendli.ai/docs, reasoning, as known in 2026-11.
  friendli: { always: { parse_reasoning: true } },
  // Open no addresses. Sources: docs.ollama.com/openai, lmstudio.ai/docs, as known in 2026-11.
  ollama: { opens: [], refused: ["logit_bias", "user"] },
  lmstudio: { opens: [] },
  local: { opens: [] },
};
