import { invalidField } from "@/lib/errors";
import type { Plugin } from "@/lib/plugins/types";
import { firstProblem } from "./first-problem";

/**
 * Checks what an entry of `plugins` holds besides its id.
 *
 * @param entry The entry's own path, such as `plugins[0]`.
 * @throws AppError `invalid_request` that names the first wrong field.
 */
export function checkPluginConfig({ config: schema }: Plugin, config: Record<string, unknown>, entry: string): void {
  const checked = schema?.safeParse(config);
  if (checked === undefined || checked.success) return;
  const { field, problem } = firstProblem(checked.error, config);
  // A problem of the entry as a whole, such as a field that nobody knows.
  throw invalidField(field === "body" ? entry : `${entry}.${field}`, problem);
}
