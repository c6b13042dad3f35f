/**
 * Whether the database refused the statement for what it says: SQLSTATE classes 22, 23 and 42 (wrong data, broken
 * constraint, wrong statement). Trying again changes nothing then.
 */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^(22|23|42)/.test(error.code);
}
