import { type ReasoningDetail, reasoningDetailSchema } from "@/lib/schemas/chat-request";

const MARK = "signalbox-v1.";

/**
 * A piece of reasoning as one opaque word, for protocols that have no place for all that its maker put into it. Clients
 * give such words back as they came; what is in them was the client's own already, so they need not be secret.
 */
export function sealDetail(detail: ReasoningDetail): string {
  return MARK + Buffer.from(JSON.stringify(detail)).toString("base64url");
}

/** The piece of reasoning in a word of {@link sealDetail}; `undefined` for any other text. */
export function openDetail(word: string): ReasoningDetail | undefined {
  if (!word.startsWith(MARK)) return undefined;
  try {
    const json: unknown = JSON.parse(Buffer.from(word.slice(MARK.length), "base64url").toString("utf8"));
    return reasoningDetailSchema.safeParse(json).data;
  } catch {
    return undefined; // not one of ours after all
  }
}
