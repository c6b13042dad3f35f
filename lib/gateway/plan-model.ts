import "server-only";
import { selectSettings } from "@/lib/identity/settings/store";
import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import type { Model } from "@/lib/schemas/endpoint";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { renderPlan } from "./render-plan";
import { routeRequest } from "./route-request";

const QUESTION = "What does a signal box do?";
const OUTPUT_TOKENS = 500;

/**
 * Where a short question to a model would go now: for an account as its settings have it, for a visitor (`null`) as a
 * new one's. Calls no provider and charges nothing. `null` for models that do not answer in conversations.
 */
export async function planModel(
  { id, entry }: { id: string; entry: Model },
  accountId: string | null,
  nowMs: number,
): Promise<PublicPlan | null> {
  if (entry.fact.outputModalities.includes("embeddings")) return null;
  const settings = accountId === null ? DEFAULT_ACCOUNT_SETTINGS : await selectSettings(accountId);
  const request = chatRequestSchema.parse({
    model: id,
    messages: [{ role: "user", content: QUESTION }],
    max_tokens: OUTPUT_TOKENS,
  });
  // The question names no preset, so that nothing is asked of an account that a visitor does not have.
  const caller = { accountId: accountId ?? "", userId: null, key: null, settings };
  return renderPlan(await routeRequest(request, caller, nowMs));
}
