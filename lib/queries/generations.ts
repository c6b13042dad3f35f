import { queryOptions } from "@tanstack/react-query";
import { chargedGenerationSchema } from "@/lib/schemas/generation";
import { fetchJson } from "./fetch-json";

const PATH = "/api/internal/generations";

/** One generation. It is tried a few times, because one that was stopped is written down a moment later. */
export function generationQuery(id: string) {
  return queryOptions({
    queryKey: ["generation", id] as const,
    queryFn: ({ signal }) =>
      fetchJson(`${PATH}/${encodeURIComponent(id)}`, { schema: chargedGenerationSchema, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 3,
    retryDelay: 500,
  });
}
