/** What a prompt can ask for. The order is that of the trained weights. */
export const TASK_TYPES = [
  "agent",
  "code",
  "math",
  "reasoning",
  "knowledge",
  "writing",
  "roleplay",
  "rewriting",
  "summarization",
  "extraction",
  "translation",
  "advice",
  "chat",
] as const;
export type TaskType = (typeof TASK_TYPES)[number];

export function isTaskType(text: string): text is TaskType {
  return TASK_TYPES.some((type) => type === text);
}
