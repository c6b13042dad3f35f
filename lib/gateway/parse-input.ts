import type { z } from "zod";
import { invalidField } from "@/lib/errors";
import { firstProblem } from "./first-problem";

/**
 * What a client sent, as the schema has it.
 *
 * @throws AppError `invalid_request` that names the first wrong field and what would be right.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { field, problem } = firstProblem(parsed.error, value);
  throw invalidField(field, problem);
}
