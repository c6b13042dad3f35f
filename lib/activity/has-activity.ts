import "server-only";
import { selectAnyDay } from "./sums/store";

/** Whether the account has ever asked for anything. */
export async function hasActivity(accountId: string): Promise<boolean> {
  return selectAnyDay(accountId);
}
