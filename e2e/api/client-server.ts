import { ADMINISTRATOR, type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { type Sandbox, startSandbox } from "@/lib/sandbox/start-sandbox";
import { MODELS } from "./protocols";

/** The provider whose failures the tests of a client turn on, and its model. */
export const FAILING = MODELS[0];
/** A provider that no other test of a client uses, so that its failures may stay on. */
export const BROKEN = { model: "mistralai/devstral-medium", provider: "mistral" } as const;

/** Models of the calls that are no conversations. */
export const EMBEDDER = "openai/text-embedding-3-small";
export const RERANKER = "cohere/rerank-v3.5";
/** A model that draws, and the provider that serves it here. */
export const PAINTER = { model: "google/gemini-2.5-flash-image", provider: "google-ai-studio" } as const;

export type ClientServer = {
  server: RunningServer;
  /** What an official client takes as its base URL. */
  baseUrl: string;
  key: string;
  provisioningKey: string;
  sandbox: Sandbox;
  stop(): Promise<void>;
};

/**
 * A server whose providers are played by a sandbox of our own, which waits for nothing and whose faults a test can turn
 * on. Only these few are configured, so that each model has one provider and one wire protocol.
 */
export async function startClientServer(env: Readonly<Record<string, string>> = {}): Promise<ClientServer> {
  const sandbox = await startSandbox({ speed: "instant" });
  const at = (provider: string) => `${sandbox.baseUrl}/${provider}`;
  const server = await startServer({
    env: {
      ...ADMINISTRATOR,
      OPENAI_API_KEY: "sandbox",
      OPENAI_BASE_URL: at("openai"),
      ANTHROPIC_API_KEY: "sandbox",
      ANTHROPIC_BASE_URL: at("anthropic"),
      GOOGLE_AI_STUDIO_API_KEY: "sandbox",
      GOOGLE_AI_STUDIO_BASE_URL: at("google-ai-studio"),
      COHERE_API_KEY: "sandbox",
      COHERE_BASE_URL: at("cohere"),
      MISTRAL_API_KEY: "sandbox",
      MISTRAL_BASE_URL: at(BROKEN.provider),
      ...env,
    },
  });
  return {
    server,
    baseUrl: `${server.url}/api/v1`,
    key: server.key,
    provisioningKey: ADMINISTRATOR.ADMIN_PROVISIONING_KEY,
    sandbox,
    stop: async () => {
      await server.stop();
      await sandbox.close();
    },
  };
}

export const WEATHER_PARAMETERS = {
  type: "object",
  properties: { city: { type: "string", description: "The name of the city" } },
  required: ["city"],
  additionalProperties: false,
} as const;
