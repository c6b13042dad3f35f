import type { z } from "zod";
import { requestProblems } from "@/lib/schemas/request-problems";

/** The first wrong field of a request as a path (`messages[0].content[1].type`) and what would be right there. */
export function firstProblem(error: z.ZodError, input: unknown): { field: string; problem: string } {
  const [first] = requestProblems(error, input);
  return first ?? { field: "body", problem: "is invalid" };
}
