import { expect, test } from "vitest";
import { adapterOf } from "@/lib/providers/registry";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { PLAIN_TARGET } from "@/lib/testing/adapter-input";
import { standInMedia } from "./stand-in-media";

const request = chatRequestSchema.parse({
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "What is in these?" },
        { type: "image_url", image_url: { url: "https://example.org/lever.png" } },
        { type: "file", file: { file_data: "https://example.org/rules.pdf" } },
        { type: "video_url", video_url: { url: "https://example.org/train.mp4" } },
      ],
    },
  ],
});

test("protocols with a place for addresses keep them", () => {
  for (const protocol of ["openai-compatible", "anthropic", "gemini", "vertex"] as const)
    expect(standInMedia(request, adapterOf(protocol), PLAIN_TARGET)).toBe(request);
});

test("one without gets something that it can say", () => {
  const adapter = adapterOf("bedrock");
  const target = { ...PLAIN_TARGET, upstreamId: "amazon.nova-pro-v1:0" };
  const stoodIn = standInMedia(request, adapter, target);
  const { body } = adapter.buildRequest({ request: stoodIn, target, stream: false, maxTokens: 9, betaFeatures: [] });
  const { messages } = JSON.parse(body);
  expect(messages[0].content).toMatchObject([
    { text: "What is in these?" },
    { image: { format: "png" } },
    { document: { format: "txt", name: expect.stringMatching(/^rules/) } },
    { video: { format: "mp4" } },
  ]);
  expect(body).not.toContain("example.org");
});
