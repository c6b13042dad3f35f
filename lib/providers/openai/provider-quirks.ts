import type { MediaKind } from "../types";

/** How one provider's dialect of the OpenAI protocol differs from the plainest one. */
export type ProviderQuirks = {
  /** Name of the output limit. */
  maxTokensField: "max_tokens" | "max_completion_tokens";
  /**
   * How the wish to reason is said: `reasoning_effort`, a `reasoning` object, `thinking: {type}` with
   * `reasoning_effort` beside it, or `enable_thinking` with `thinking_budget`.
   */
  reasoning: "effort" | "object" | "thinking" | "enable_thinking";
  /**
   * In what form an assistant message may bring earlier reasoning back: as text, or in details with their signatures
   * (as text under `reasoning` where there are none). Elsewhere it is taken out.
   */
  replay: "reasoning_content" | "reasoning_details" | undefined;
  /** Knows the role `developer`; elsewhere those messages become system messages. */
  developerRole: boolean;
  /** Knows `cache_control` marks. */
  cacheControl: boolean;
  /** Takes `metadata`. */
  metadata: boolean;
  /** Wants `stream_options` to report usage in a stream; the others always do and refuse the field. */
  streamOptions: boolean;
  /** Takes content only as a string; several text parts are joined. */
  stringContent: boolean;
  /** What it opens by address; what is not here it takes only as bytes. */
  opens: readonly MediaKind[];
  /** Knows `include_reasoning` and `reasoning_format`, and says `default` for reasoning without a level. */
  reasoningFormat: boolean;
  /** Parameters that it calls otherwise. */
  renamed: Readonly<Record<string, string>>;
  /** Parameters that it answers with an error, beyond what the endpoint's own list says. */
  refused: readonly string[];
};

const PLAIN: ProviderQuirks = {
  maxTokensField: "max_tokens",
  reasoning: "effort",
  replay: undefined,
  developerRole: false,
  cacheControl: false,
  metadata: false,
  streamOptions: true,
  stringContent: false,
  // Documents go inline in the protocol itself. Source: type declarations of the npm package openai 7.55.0.
  opens: ["image", "video"],
  reasoningFormat: false,
  renamed: {},
  refused: [],
};

/** Facts by provider slug. A provider that is not here speaks the plain dialect. */
const QUIRKS: Readonly<Record<string, Partial<ProviderQuirks>>> = {
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
  },
  // Source: console.groq.com/docs/reasoning, read 2026-11-20. It refuses `reasoning_content` in messages
  // (agentjido/req_llm issue 772, 2026-06), so nothing is replayed.
  groq: { maxTokensField: "max_completion_tokens", reasoningFormat: true },
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
  "z-ai": { reasoning: "thinking", replay: "reasoning_content" },
  // `thinking` for Kimi K2.x, `reasoning_effort` for K3, and unknown fields are ignored, so both may go together.
  // Source: agentscope and synaps-engine notes on platform.kimi.ai, read 2026-11-20.
  moonshotai: { maxTokensField: "max_completion_tokens", reasoning: "thinking", replay: "reasoning_content" },
  // Source: alibabacloud.com/help/en/model-studio/deep-thinking, edition of 2026-06-18, read 2026-11-20.
  alibaba: { reasoning: "enable_thinking", cacheControl: true },
  // The two parameters of Alibaba. Source: its API reference as remembered in 2026-11; the page could not be re-read.
  siliconflow: { reasoning: "enable_thinking" },
  // Strict about unknown fields; usage always comes with the last chunk.
  // Source: docs.mistral.ai API reference, as known in 2026-11.
  mistral: { streamOptions: false, renamed: { seed: "random_seed" }, refused: ["user", "logit_bias", "service_tier"] },
};

const DIALECTS: ReadonlyMap<string, ProviderQuirks> = new Map(
  Object.entries(QUIRKS).map(([providerSlug, quirks]) => [providerSlug, { ...PLAIN, ...quirks }]),
);

/** The dialect of a provider. */
export function quirksOf(providerSlug: string): ProviderQuirks {
  return DIALECTS.get(providerSlug) ?? PLAIN;
}
