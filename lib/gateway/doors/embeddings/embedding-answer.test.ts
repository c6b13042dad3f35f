import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { ANSWER, endingWith } from "@/lib/testing/door-tools";
import { renderEmbeddings } from "./embedding-answer";

const CHUNKS: ChatChunk[] = [
  {
    result: {
      kind: "embeddings",
      vectors: [
        [0.5, -0.25],
        [1, 0],
      ],
    },
  },
];

test("vectors in the order of their inputs, with what they cost", () => {
  expect(renderEmbeddings(ANSWER, CHUNKS, endingWith(), false)).toEqual({
    id: ANSWER.id,
    object: "list",
    model: ANSWER.model,
    provider: ANSWER.provider,
    data: [
      { object: "embedding", index: 0, embedding: [0.5, -0.25] },
      { object: "embedding", index: 1, embedding: [1, 0] },
    ],
    usage: {
      prompt_tokens: 30,
      total_tokens: 30,
      cost: 0.0125,
      cost_details: endingWith().usage.cost_details,
      is_byok: false,
    },
  });
});

test("as base64 they are little-endian 32-bit numbers", () => {
  const [first] = renderEmbeddings(ANSWER, CHUNKS, endingWith(), true).data;
  expect(first?.embedding).toBe(Buffer.from(new Float32Array([0.5, -0.25]).buffer).toString("base64"));
});

test("half a result is none", () => {
  const failure = new AppError("provider_failed", "gone");
  expect(() => renderEmbeddings(ANSWER, [], endingWith({ failure }), false)).toThrow(failure);
});
