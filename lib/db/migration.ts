/** One directory of prisma/migrations. */
export type Migration = { name: string; script: string };

/** Written by the script's own transaction into the `logs` of its record: proof that it was committed. */
export const COMMITTED = "committed by signalbox";
