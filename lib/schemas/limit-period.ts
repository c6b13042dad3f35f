import type { LimitReset } from "./api-key";

/** When a key's limit starts anew after a moment: midnight UTC of the next day, Monday or first of the month. */
export function nextResetOf(reset: LimitReset, nowMs: number): Date {
  const now = new Date(nowMs);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  switch (reset) {
    case "daily":
      return new Date(Date.UTC(year, month, day + 1));
    case "weekly":
      // Sunday is 0, and the last day of its week.
      return new Date(Date.UTC(year, month, day + 7 - ((now.getUTCDay() + 6) % 7)));
    case "monthly":
      return new Date(Date.UTC(year, month + 1, 1));
  }
}
