/** The `code` of an error thrown by Node (`"ENOENT"`) or sent by PostgreSQL (`"42P04"`), if it has one. */
export function errorCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
