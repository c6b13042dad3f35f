import { infiniteQueryOptions } from "@tanstack/react-query";
import { generationPageSchema } from "@/lib/schemas/generation";
import { fetchJson } from "./fetch-json";

export const GENERATIONS_PER_PAGE = 50;

/** The signed-in person's generations, newest first, a page at a time. */
export function generationsQuery() {
  return infiniteQueryOptions({
    queryKey: ["generations"] as const,
    queryFn: ({ pageParam, signal }) =>
      fetchJson("/api/internal/generations", { query: { cursor: pageParam }, schema: generationPageSchema, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
