import type { SearchWish } from "@/lib/schemas/web-search";
import type { PromptNeeds } from "./needs-of";

/** What one result is likely to add to a prompt, and at most: a token for each letter is more than any language needs. */
const RESULT_TOKENS = 550;
const RESULT_TOKENS_BOUND = 3_000;
/** What a provider's own search may add to the prompt that it bills; none says so beforehand. */
const NATIVE_TOKENS_BOUND = 15_000;

/** What a request needs of an endpoint, the results of its search included. */
export function withSearchNeeds(needs: PromptNeeds, wish: SearchWish | undefined): PromptNeeds {
  if (wish === undefined) return needs;
  const bound = Math.max(
    wish.engine === "native" || wish.engine === "native-if-any" ? 0 : wish.maxResults * RESULT_TOKENS_BOUND,
    wish.engine === "exa" ? 0 : NATIVE_TOKENS_BOUND,
  );
  const prompt = (wish.searchPrompt ?? "").length;
  return {
    ...needs,
    promptTokens: needs.promptTokens + (wish.engine === "exa" ? wish.maxResults * RESULT_TOKENS : 0),
    promptTokensBound: needs.promptTokensBound + bound + 4 * prompt,
    extraTokensBound: needs.extraTokensBound + bound + 4 * prompt,
    nativeSearch: wish.engine === "native",
    search: wish,
  };
}
