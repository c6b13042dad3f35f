import type { PublicAutoRouter } from "@/lib/schemas/auto-router";
import type { AutoRouterRecord } from "@/lib/schemas/route-record";

/** The public form of the Auto Router's decision, for routes, plans and `openrouter_metadata`. */
export function renderAutoRouter({ difficulty, taskType, scores }: AutoRouterRecord): PublicAutoRouter {
  return { difficulty, task_type: taskType, scores: scores.map(({ model, score }) => ({ model, score })) };
}
