import type { z } from "zod";

/** The first thing wrong with each field. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const found: Record<string, string> = {};
  for (const issue of error.issues) found[issue.path.join(".")] ??= issue.message;
  return found;
}
