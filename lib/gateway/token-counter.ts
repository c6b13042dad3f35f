import type { Counter } from "@/lib/plugins/context-compression/compress";
import { messageTextsOf } from "@/lib/plugins/context-compression/message-texts";
import type { ChatMessage, ChatRequest } from "@/lib/schemas/chat-request";
import { FRAMING_TOKENS_PER_MESSAGE, familyTokens, vocabularyTokens } from "./count-tokens";
import { mediaTokensOf } from "./media-tokens";
import type { TokenFamily } from "./token-families";

/** Beyond so many characters of one prompt, the rest is taken to be like what was counted: the work stays bounded. */
const MAX_COUNTED_CHARS = 4 * 1024 * 1024;

/**
 * Counts a prompt for families of tokenizers, message by message. Each text is counted once for each vocabulary, however
 * often it is asked for: when the endpoint is chosen, and again when the prompt is made to fit.
 */
export class TokenCounter {
  private readonly known = { o200k: new Map<string, number>(), cl100k: new Map<string, number>() };
  private countedChars = 0;
  private countedTokens = 0;

  /** Everything of a request that costs prompt tokens. */
  async request(request: ChatRequest, family: TokenFamily): Promise<number> {
    let tokens = await this.overhead(request, family);
    for (const message of request.messages) tokens += await this.message(message, family);
    return tokens;
  }

  /** What a request costs besides its messages: tools and the schema of the answer. */
  async overhead({ tools, response_format: format }: ChatRequest, family: TokenFamily): Promise<number> {
    const ofTools = tools == null || tools.length === 0 ? 0 : await this.text(JSON.stringify(tools), family);
    return format?.type === "json_schema" ? ofTools + (await this.text(JSON.stringify(format), family)) : ofTools;
  }

  /** The counts of one family, in the form that compression takes. */
  of(family: TokenFamily): Counter {
    return { text: (text) => this.text(text, family), message: (message) => this.message(message, family) };
  }

  private async message(message: ChatMessage, family: TokenFamily): Promise<number> {
    let tokens = FRAMING_TOKENS_PER_MESSAGE + mediaTokensOf(message);
    for (const text of messageTextsOf(message)) tokens += await this.text(text, family);
    return tokens;
  }

  private async text(text: string, family: TokenFamily): Promise<number> {
    const known = this.known[family.vocabulary];
    let tokens = known.get(text);
    if (tokens === undefined) {
      tokens = await this.count(text, family.vocabulary);
      known.set(text, tokens);
    }
    return familyTokens(text, tokens, family);
  }

  private async count(text: string, vocabulary: TokenFamily["vocabulary"]): Promise<number> {
    if (this.countedChars > MAX_COUNTED_CHARS) return Math.ceil((text.length * this.countedTokens) / this.countedChars);
    const tokens = await vocabularyTokens(text, vocabulary);
    this.countedChars += text.length;
    this.countedTokens += tokens;
    return tokens;
  }
}
