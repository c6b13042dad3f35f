/** For the scripts of this folder that are written in TypeScript, because they call parts of the server. */
export function databaseCpuUs(dataDir: string): number | undefined;
