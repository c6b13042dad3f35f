import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { endingOf } from "./answer-ending";
import { identityOf } from "./answer-identity";
import type { OpenedAnswer } from "./attempt-candidates";
import type { ClientSignal } from "./client-signal";
import type { GenerationContext } from "./generation-context";
import { meterAnswer } from "./meter-answer";
import type { ActivePlugin } from "./prepare-request";
import { settleGeneration } from "./settle-generation";

/**
 * Gives an answer as one JSON value in the form that the request's door has for it, committed before it is returned.
 * `null` when the client has gone.
 *
 * @throws AppError for an answer that broke off, where the door has no place for that inside an answer.
 */
export async function completeAnswer(
  context: GenerationContext,
  answer: OpenedAnswer,
  plugins: readonly ActivePlugin[],
  client: ClientSignal,
): Promise<unknown> {
  const metered = meterAnswer(answer, client);
  const produced: ChatChunk[] = [];
  for await (const group of metered.stream) produced.push(...group);
  const outcome = metered.outcome();
  const settled = await settleGeneration(context, outcome);
  if (outcome.end.kind === "aborted") return null;

  let chunks: readonly ChatChunk[] = produced;
  for (const { plugin, context: pluginContext } of plugins)
    chunks = (await plugin.after?.(chunks, pluginContext)) ?? chunks;
  return context.form.whole(identityOf(context, answer.candidate), chunks, endingOf(context, outcome, settled));
}
