import { z } from "zod";
import { describeProviderContract } from "@/lib/testing/provider-contract";
import { anthropicRequestSchema, geminiRequestSchema } from "@/lib/testing/wire-requests";
import { recordOf } from "../json";
import { vertexAdapter, vertexMessagesAdapter } from "./vertex-adapter";

// Google's own models: AI Studio's protocol at another address.
describeProviderContract({
  adapter: vertexAdapter,
  target: {
    providerSlug: "google-vertex",
    upstreamId: "gemini-2.5-flash",
    baseUrl: "https://us-central1-aiplatform.googleapis.com/v1",
  },
  fixtures: new URL("../gemini/__fixtures__/", import.meta.url),
  requestSchema: geminiRequestSchema,
  unknownField: { name: "labels", value: { team: "signals" } },
  midStreamErrorStatus: 503,
  nativeFinishReasons: { text: "STOP", length: "MAX_TOKENS", "content-filter": "SAFETY" },
  limitOf: (body) => recordOf(body.generationConfig)?.maxOutputTokens,
});

// Anthropic's: the version in the body, the model in the address.
describeProviderContract({
  adapter: vertexMessagesAdapter,
  target: {
    providerSlug: "google-vertex",
    upstreamId: "claude-sonnet-4-5@20250929",
    baseUrl: "https://us-east5-aiplatform.googleapis.com/v1",
  },
  fixtures: new URL("../anthropic/__fixtures__/", import.meta.url),
  requestSchema: z.looseObject({ anthropic_version: z.literal("vertex-2023-10-16") }).transform(
    // Checked as the protocol's own request, which it is but for these two fields.
    ({ anthropic_version: _, ...body }, context) => {
      if ("model" in body) context.addIssue({ code: "custom", message: "the model belongs into the address" });
      const parsed = anthropicRequestSchema.safeParse({ ...body, model: "m" });
      for (const issue of parsed.error?.issues ?? []) context.addIssue({ code: "custom", message: issue.message });
    },
  ),
  unknownField: { name: "context_management", value: { edits: [] } },
  midStreamErrorStatus: 529,
  nativeFinishReasons: { text: "end_turn", length: "max_tokens", "content-filter": "refusal" },
  limitOf: (body) => body.max_tokens,
});
