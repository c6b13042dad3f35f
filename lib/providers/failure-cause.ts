import type { FailureCause } from "./types";

type Sign = {
  cause: FailureCause;
  /** Codes in lower case that mean it. */
  codes: readonly string[];
  /** Words that mean it, where the provider has no code. */
  words: RegExp | undefined;
};

// Sources: platform.openai.com/docs/guides/error-codes; platform.claude.com/docs/en/api/errors and /build-with-claude/vision
// ("prompt is too long: N tokens > M maximum", "max_tokens: N > M"); ai.google.dev/gemini-api/docs/troubleshooting ("input
// token count exceeds the maximum", "Unable to process input image"); vLLM's serving_engine.py ("maximum context length is
// N tokens"); answers of Bedrock ("Input is too long for requested model", "The maximum tokens you requested exceeds"),
// Cohere ("too many tokens"), xAI ("maximum prompt length") and Groq ("Please reduce the length of the messages");
// learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter; as known in 2026-11. The first that fits counts.
const SIGNS: readonly Sign[] = [
  {
    cause: "content_policy",
    codes: [
      "content_policy_violation",
      "content_filter",
      "moderation_blocked",
      "safety",
      "responsibleaipolicyviolation",
      "data_inspection_failed",
      "datainspectionfailed",
      "image_content_policy_violation",
    ],
    words: /content violates (?:our )?usage guidelines/i,
  },
  {
    cause: "max_tokens",
    codes: ["max_tokens_exceeded"],
    words:
      /max(?:imum|_completion|_output)?[_ ]tokens(?: you requested)?\b[^.]{0,40}(?:is too large|exceeds?|> \d+)|maximum allowed number of output tokens/i,
  },
  {
    cause: "context_length",
    codes: ["context_length_exceeded", "string_above_max_length", "token_limit_exceeded"],
    words:
      /prompt is too long|maximum (?:context|prompt) length|context (?:length|window)[^.]{0,40}(?:exceed|too)|exceeds?[^.]{0,40}(?:context (?:length|window)|maximum number of tokens)|input is too long|too many (?:input )?tokens|reduce the length of the messages/i,
  },
  {
    cause: "image_unreachable",
    codes: ["invalid_image_url", "image_download_failed", "failed_to_download_image"],
    words:
      /(?:failed|unable|cannot|could not)[^.]{0,20}(?:download|fetch)[^.]{0,40}(?:image|file|url)|error while downloading/i,
  },
  {
    cause: "image_too_large",
    codes: ["image_too_large", "image_file_too_large"],
    words: /image exceeds [^.]{0,40}maximum/i,
  },
  { cause: "image_too_small", codes: ["image_too_small"], words: undefined },
  {
    cause: "image_unsupported",
    codes: ["invalid_image_format", "unsupported_image_format", "unsupported_image_media_type"],
    words: /unsupported image|unsupported mime ?type|does not match the provided media type/i,
  },
  {
    cause: "image_invalid",
    codes: ["invalid_image", "image_parse_error", "invalid_base64_image", "image_content_invalid"],
    words: /(?:could not|unable to) process (?:the )?(?:input )?image/i,
  },
];

/** What a refusal of the request is about, as far as the provider's code or words tell. */
export function failureCauseOf(status: number, code: string | undefined, message: string): FailureCause | undefined {
  if (status !== 400 && status !== 403 && status !== 413 && status !== 422) return undefined;
  const word = code?.toLowerCase() ?? "";
  const sign = SIGNS.find(({ codes }) => codes.includes(word)) ?? SIGNS.find(({ words }) => words?.test(message));
  // A 403 about anything but moderation is about our key.
  return status === 403 && sign?.cause !== "content_policy" ? undefined : sign?.cause;
}
