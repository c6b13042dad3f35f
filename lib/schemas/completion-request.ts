import { z } from "zod";
import { chatRequestSchema } from "./chat-request";

const MAX_LOGPROBS = 20;

const promptTextSchema = z.string().min(1);

/**
 * The body of `POST /completions`: that of a chat completion, with a prompt in place of messages. Source: types of the
 * npm package openai 7.55.0, CompletionCreateParams, read 2026-11-21.
 */
export const completionRequestSchema = chatRequestSchema
  .omit({ messages: true, logprobs: true, top_logprobs: true })
  .extend({
    prompt: z.union([promptTextSchema, z.tuple([promptTextSchema])], {
      error: "must be a string, or an array of one: several prompts and token ids are not supported",
    }),
    /** The answer begins with the prompt. */
    echo: z.boolean().nullish(),
    /** How many of the likeliest tokens are told at each place. */
    logprobs: z.int().min(0).max(MAX_LOGPROBS).nullish(),
    best_of: z.literal(1, "only one choice per request is supported").nullish(),
    suffix: z.literal("", "filling in before a suffix is not supported").nullish(),
  });

/** Likelihoods as text completions tell them: lists with one entry for each token. */
export type CompletionLogprobs = {
  tokens: string[];
  token_logprobs: number[];
  top_logprobs: Record<string, number>[];
  /** Where each token begins in the text, in characters. */
  text_offset: number[];
};
