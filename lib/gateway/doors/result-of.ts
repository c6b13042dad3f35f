import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { TaskResult } from "@/lib/schemas/task";
import type { AnswerEnding } from "./door";

/**
 * What came of a task.
 *
 * @throws AppError the failure of an answer that broke off: half a result is none
 */
export function resultOf<Kind extends TaskResult["kind"]>(
  chunks: readonly ChatChunk[],
  { failure }: AnswerEnding,
  kind: Kind,
): Extract<TaskResult, { kind: Kind }> {
  if (failure !== undefined) throw failure;
  const isWanted = (result: TaskResult): result is Extract<TaskResult, { kind: Kind }> => result.kind === kind;
  for (const { result } of chunks) if (result !== undefined && isWanted(result)) return result;
  throw new Error(`an answer of ${kind} without a result`);
}
