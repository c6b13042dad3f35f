import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "./fetch-json";

const describedSchema = z.object({ data: z.object({ description: z.string() }) });

/** What a model is, in its author's words. It changes with the catalog only. */
export function modelDescriptionQuery(modelId: string) {
  return queryOptions({
    queryKey: ["model-description", modelId] as const,
    queryFn: async ({ signal }) => {
      const { data } = await fetchJson(`/api/v1/model/${encodeURI(modelId)}`, { schema: describedSchema, signal });
      return data.description;
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
