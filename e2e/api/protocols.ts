import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";

/** One model for each wire protocol, at the provider that speaks it. */
export const MODELS = [
  { protocol: "openai", model: "openai/gpt-4o-mini", provider: "openai", providerName: "OpenAI" },
  { protocol: "anthropic", model: "anthropic/claude-haiku-4.5", provider: "anthropic", providerName: "Anthropic" },
  {
    protocol: "gemini",
    model: "google/gemini-2.5-flash",
    provider: "google-ai-studio",
    providerName: "Google AI Studio",
  },
] as const;

export type ModelCase = (typeof MODELS)[number];

/** A provider of our own for each wire protocol, and the environment that makes a server use exactly these three. */
export type Upstreams = Record<ModelCase["protocol"], Upstream> & {
  env: Record<string, string>;
  all: readonly Upstream[];
  /** How many requests came to any of them since the last reset. */
  requestCount(): number;
  reset(): void;
  close(): Promise<void>;
};

export async function startUpstreams(): Promise<Upstreams> {
  const [openai, anthropic, gemini] = await Promise.all([
    startUpstream("openai"),
    startUpstream("anthropic"),
    startUpstream("gemini"),
  ]);
  const all = [openai, anthropic, gemini];
  return {
    openai,
    anthropic,
    gemini,
    all,
    env: {
      OPENAI_API_KEY: "key-of-openai",
      OPENAI_BASE_URL: openai.baseUrl,
      ANTHROPIC_API_KEY: "key-of-anthropic",
      ANTHROPIC_BASE_URL: anthropic.baseUrl,
      GOOGLE_AI_STUDIO_API_KEY: "key-of-google",
      GOOGLE_AI_STUDIO_BASE_URL: gemini.baseUrl,
    },
    requestCount: () => all.reduce((sum, { requests }) => sum + requests.length, 0),
    reset: () => {
      for (const upstream of all) upstream.reset();
    },
    close: async () => {
      await Promise.all(all.map((upstream) => upstream.close()));
    },
  };
}

/** The smallest request for a model; with `stream` it asks for a stream. */
export function chatBody(model: string, extra: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { model, messages: [{ role: "user", content: "Say hello" }], ...extra };
}
