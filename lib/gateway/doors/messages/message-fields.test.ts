import { describe, expect, test } from "vitest";
import { endingWith } from "@/lib/testing/door-tools";
import type { AnswerEnding } from "../door";
import { stopOf, usageOf } from "./message-fields";

describe("why the answer ended", () => {
  test.each<{ ending: Partial<AnswerEnding>; stops?: string[]; reason: string; sequence?: string }>([
    { ending: {}, reason: "end_turn" },
    { ending: { finishReason: "length" }, reason: "max_tokens" },
    { ending: { finishReason: "tool_calls" }, reason: "tool_use" },
    { ending: { finishReason: "content_filter" }, reason: "refusal" },
    { ending: { stopSequence: "END" }, reason: "stop_sequence", sequence: "END" },
    { ending: { nativeFinishReason: "stop_sequence" }, stops: ["END"], reason: "stop_sequence", sequence: "END" },
    { ending: { nativeFinishReason: "stop_sequence" }, stops: ["A", "B"], reason: "stop_sequence" },
    { ending: { nativeFinishReason: "pause_turn" }, reason: "pause_turn" },
    {
      ending: { finishReason: "length", nativeFinishReason: "model_context_window_exceeded" },
      reason: "model_context_window_exceeded",
    },
    { ending: { finishReason: "length", nativeFinishReason: "MAX_TOKENS" }, reason: "max_tokens" },
  ])("$ending: $reason", ({ ending, stops = [], reason, sequence }) => {
    expect(stopOf(endingWith(ending), stops)).toMatchObject({
      stop_reason: reason,
      stop_sequence: sequence ?? null,
      stop_details: reason === "refusal" ? { type: "refusal" } : null,
    });
  });
});

test("tokens of a cache are counted beside the others", () => {
  expect(usageOf(endingWith())).toMatchObject({
    input_tokens: 30 - 8 - 2,
    cache_read_input_tokens: 8,
    cache_creation_input_tokens: 2,
    output_tokens: 12,
    output_tokens_details: { thinking_tokens: 5 },
    service_tier: "standard",
    cost: 0.0125,
    is_byok: false,
  });
});

test.each([
  { tier: "priority", told: "priority" },
  { tier: "default", told: "standard" },
])("the tier $tier is told as $told", ({ tier, told }) => {
  expect(usageOf(endingWith({ serviceTier: tier })).service_tier).toBe(told);
});
