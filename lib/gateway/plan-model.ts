import "server-only";
import { selectSettings } from "@/lib/identity/settings/store";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import type { Model } from "@/lib/schemas/endpoint";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { NOBODY } from "./nobody";
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
  const caller = accountId === null ? NOBODY : { accountId, settings: await selectSettings(accountId) };
  const request = chatRequestSchema.parse({
    model: id,
    messages: [{ role: "user", content: QUESTION }],
    max_tokens: OUTPUT_TOKENS,
  });
  return renderPlan(await routeRequest(request, caller, { sessionHeader: undefined, nowMs }));
}
