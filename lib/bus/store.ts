import "server-only";
import { getPool } from "@/lib/db/connection";

/** PostgreSQL takes notifications of less than 8,000 bytes. Source: its documentation of NOTIFY, 15. */
export const MAX_NOTIFICATION_BYTES = 7_900;

/** Tells every process that listens on this database, this one too. */
export async function notifyProcesses(payloads: readonly string[]): Promise<void> {
  await getPool().query(`SELECT pg_notify('signalbox', payload) FROM unnest($1::text[]) AS payload`, [payloads]);
}
