/** One directory of prisma/migrations. */
export type Migration = { name: string; script: string };

/** Advisory lock of the one transaction that runs a migration's script: it can be waited for after its client died. */
export const SCRIPT_LOCK = 72_707_371;

/** Written by the script's own transaction into the `logs` of its record: proof that it was committed. */
export const COMMITTED = "committed by signalbox";
