import { invalidField } from "@/lib/errors";
import { BODY_BUILDER } from "./body-builder-plan";
import type { ResolvedRequest } from "./resolve-request";

/** Router entries that read a conversation. */
const READERS: ReadonlySet<string> = new Set(["openrouter/auto", BODY_BUILDER]);

/**
 * Refuses a prompt without messages to those who read a conversation.
 *
 * @throws AppError `invalid_request`
 */
export function refuseBarePrompt({ request, router, models: [model] }: ResolvedRequest): void {
  if (request.prompt === undefined) return;
  const reader = [router, model?.id].find((id) => id !== undefined && READERS.has(id));
  if (reader !== undefined) throw invalidField("prompt", `${reader} takes messages, and no prompt`);
}
