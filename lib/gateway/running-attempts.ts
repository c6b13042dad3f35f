import { processState } from "@/lib/process-state";

type Cut = () => void;

const running = () => processState("running-attempts", () => new Set<Cut>());

/** Notes an attempt on its way, with the way to end it. @returns what takes it off again. */
export function noteRunningAttempt(cut: Cut): () => void {
  const cuts = running();
  cuts.add(cut);
  return () => cuts.delete(cut);
}

/** How many attempts are on their way. */
export function countRunningAttempts(): number {
  return running().size;
}

/** Ends all attempts on their way, because the server must stop: their callers are told, and pay nothing. */
export function cutRunningAttempts(): void {
  for (const cut of running()) cut();
}
