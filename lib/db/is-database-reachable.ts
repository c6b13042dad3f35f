import "server-only";
import { getPool } from "./connection";

/** Whether the database answers within its usual time. */
export async function isDatabaseReachable(): Promise<boolean> {
  try {
    await getPool().query("SELECT 1");
    return true;
  } catch {
    return false; // whatever the reason is: it is the answer
  }
}
