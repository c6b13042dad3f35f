import { hashOf, seededRandom } from "@/lib/sandbox/seeded-random";

/** Where an OpenAI-compatible provider puts the text of its reasoning. */
export type ReasoningField = "reasoning" | "reasoning_content";

/** How one provider behaves over time, before jitter. */
export type Profile = {
  /** Between the request's last byte and the first token: 40 to 400. */
  firstTokenMs: number;
  /** 60 to 300. */
  tokensPerSecond: number;
  reasoningField: ReasoningField;
};

/** Providers known for their speed keep their order in the sandbox, so that sorting by throughput looks familiar. */
const KNOWN_SPEEDS: Readonly<Record<string, Pick<Profile, "firstTokenMs" | "tokensPerSecond">>> = {
  cerebras: { firstTokenMs: 90, tokensPerSecond: 300 },
  groq: { firstTokenMs: 70, tokensPerSecond: 280 },
  sambanova: { firstTokenMs: 110, tokensPerSecond: 260 },
};

// Groq, Cerebras and Ollama stream `delta.reasoning`, OpenRouter too; DeepSeek and the many providers that followed it
// say `reasoning_content`. Sources: github.com/Center-for-AI-Innovation/uiuc-chat-frontend/pull/487,
// github.com/leookun/cursor-byok/pull/363, read 2026-11-21.
const SAYS_REASONING: ReadonlySet<string> = new Set(["cerebras", "groq", "ollama", "ollama-cloud", "openrouter"]);

/** The believable latency and speed of a provider: always the same for the same slug, different between slugs. */
export function profileOf(provider: string): Profile {
  const random = seededRandom(hashOf(`profile:${provider}`));
  const drawn = {
    firstTokenMs: Math.round(40 + random() * 360),
    tokensPerSecond: Math.round(60 + random() * 240),
  };
  return {
    ...(KNOWN_SPEEDS[provider] ?? drawn),
    reasoningField: SAYS_REASONING.has(provider) ? "reasoning" : "reasoning_content",
  };
}
