import { z } from "zod";
import { errorResponseSchema } from "@/lib/schemas/chat-completion";

const answerSchema = z.looseObject({ provider: z.string().optional(), model: z.string() });

/** Enough for the models that refuse smaller limits. */
const MAX_TOKENS = 16;

export type ProviderCheck = { works: boolean; message: string; durationMs: number };

/** Asks a provider for one short answer, with the installation's key, as any request would; it costs what that costs. */
export async function checkProvider({ slug, model }: { slug: string; model: string }): Promise<ProviderCheck> {
  const startedMs = performance.now();
  const response = await fetch("/api/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model,
      provider: { only: [slug], allow_fallbacks: false },
      max_tokens: MAX_TOKENS,
      messages: [{ role: "user", content: "Answer with OK." }],
    }),
  });
  const durationMs = performance.now() - startedMs;
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    const answer = answerSchema.safeParse(body);
    return { works: answer.success, message: answer.success ? "It answered." : "It answered nonsense.", durationMs };
  }
  const refusal = errorResponseSchema.safeParse(body);
  const message = refusal.success ? refusal.data.error.message : `The server answered with status ${response.status}.`;
  return { works: false, message, durationMs };
}
