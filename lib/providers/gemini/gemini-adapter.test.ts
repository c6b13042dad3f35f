import { z } from "zod";
import { describeProviderContract } from "@/lib/testing/provider-contract";
import { geminiRequestSchema } from "@/lib/testing/wire-requests";
import { geminiAdapter } from "./gemini-adapter";

const configSchema = z.object({ maxOutputTokens: z.int() });

describeProviderContract({
  adapter: geminiAdapter,
  target: { providerSlug: "google-ai-studio", upstreamId: "gemini-2.5-flash", baseUrl: "https://gemini.test/v1beta" },
  fixtures: new URL("__fixtures__/", import.meta.url),
  requestSchema: geminiRequestSchema,
  unknownField: { name: "safetySettings", value: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "OFF" }] },
  midStreamErrorStatus: 503,
  nativeFinishReasons: { text: "STOP", length: "MAX_TOKENS", "content-filter": "SAFETY" },
  limitOf: (body) => configSchema.parse(body.generationConfig).maxOutputTokens,
});
