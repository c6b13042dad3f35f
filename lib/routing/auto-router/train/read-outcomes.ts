import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { type Conversation, conversationOf } from "../conversation";

/** A public prompt and what several models scored on it. */
export type Outcome = {
  set: string;
  prompt: string;
  conversation: Conversation;
  /** By model, 0 to 1. */
  scores: ReadonlyMap<string, number>;
};

const rowSchema = z.looseObject({
  set: z.string().min(1),
  prompt: z.string(),
  scores: z.record(z.string(), z.number().min(0).max(1)),
});

/** Reads a file of JSON lines `{set, prompt, scores}`, plain or gzipped. */
export function readOutcomes(file: string): Outcome[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const { set, prompt, scores } = rowSchema.parse(JSON.parse(line));
      const conversation = conversationOf({ messages: [{ role: "user", content: prompt }] });
      return { set, prompt, conversation, scores: new Map(Object.entries(scores)) };
    });
}
