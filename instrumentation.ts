/** Next calls this once when a server starts: `next dev` and plain `next start` get their runtime here. */
export async function register(): Promise<void> {
  // Next replaces this at build time, so that its edge bundle holds none of the server; hence not through lib/env.ts.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startForNext } = await import("@/lib/server/start-for-next");
  await startForNext();
}
