import type { TokenUsage } from "@/lib/schemas/chat-chunk";

/** What a picture of about a megapixel counts where nobody counts it; prices of models that only draw are made of it. */
const TOKENS_PER_PICTURE = 4_096;

/** What is known of an answer with pictures beside the provider's counts. */
export type PictureFacts = {
  pictures: number;
  /** The model makes pictures and nothing else. */
  onlyDraws: boolean;
  /** Tokens of the text beside the pictures, counted by us. */
  textTokens: number;
};

/**
 * The usage with the tokens of pictures told apart, so that they are charged at the price of pictures. Many providers
 * count them in the total only, and some not at all: then each is taken for {@link TOKENS_PER_PICTURE}.
 */
export function withPictureTokens(
  usage: TokenUsage,
  { pictures, onlyDraws, textTokens }: PictureFacts,
): { usage: TokenUsage; estimated: boolean } {
  if (pictures === 0 || usage.completionImageTokens > 0) return { usage, estimated: false };
  const said = Math.max(0, usage.completionTokens - usage.reasoningTokens);
  if (onlyDraws && said > 0) return { usage: { ...usage, completionImageTokens: said }, estimated: false };
  const beyondText = said - textTokens;
  // A vocabulary of another family's may count a text as some tokens more, but not as a picture's.
  if (beyondText > textTokens + TOKENS_PER_PICTURE / 8) {
    return { usage: { ...usage, completionImageTokens: beyondText }, estimated: true };
  }
  const drawn = pictures * TOKENS_PER_PICTURE;
  const completionTokens = usage.completionTokens + drawn;
  return { usage: { ...usage, completionTokens, completionImageTokens: drawn }, estimated: true };
}
