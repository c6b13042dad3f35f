import type { Status } from "@/components/ui/status-dot";
import type { LabRequest } from "@/lib/schemas/lab";

export type Outcome = { status: Status; word: string };

/** How a request ended, and whether it took more than one provider. */
export function outcomeOf({
  state,
  attempts,
  finishReason,
}: Pick<LabRequest, "state" | "attempts" | "finishReason">): Outcome {
  const endpoints = new Set(attempts.map(({ model, endpoint }) => `${model} ${endpoint}`)).size;
  if (attempts.length === 0 && state !== "finished") return { status: "stop", word: "nobody could be asked" };
  if (state === "aborted") return { status: "idle", word: "stopped by the client" };
  if (state === "interrupted") return { status: "stop", word: "interrupted" };
  if (state === "failed" || finishReason === "error") {
    const isMidStream = (attempts.at(-1)?.status ?? 0) < 400;
    if (isMidStream) return { status: "stop", word: "broke off" };
    return { status: "stop", word: endpoints > 1 ? `failed, all ${endpoints} of them` : "failed" };
  }
  if (endpoints > 1) return { status: "caution", word: `fell back, ${endpoints - 1} failed` };
  if (attempts.length > 1) return { status: "caution", word: `served at try ${attempts.length}` };
  return { status: "clear", word: "served" };
}
