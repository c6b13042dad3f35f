import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { generationPageSchema, generationSummarySchema } from "@/lib/schemas/generation";
import { fetchJson } from "./fetch-json";

const PATH = "/api/internal/generations";

export const GENERATIONS_PER_PAGE = 50;

/** The signed-in person's generations, newest first, a page at a time. */
export function generationsQuery() {
  return infiniteQueryOptions({
    queryKey: ["generations"] as const,
    queryFn: ({ pageParam, signal }) =>
      fetchJson(PATH, { query: { cursor: pageParam }, schema: generationPageSchema, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** One generation. It is tried a few times, because one that was stopped is written down a moment later. */
export function generationQuery(id: string) {
  return queryOptions({
    queryKey: ["generation", id] as const,
    queryFn: ({ signal }) =>
      fetchJson(`${PATH}/${encodeURIComponent(id)}`, { schema: generationSummarySchema, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 3,
    retryDelay: 500,
  });
}
