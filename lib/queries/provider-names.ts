import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "./fetch-json";

const providerListSchema = z.object({ data: z.array(z.object({ slug: z.string(), name: z.string() })) });

/** Every provider there is, by name. */
export function providerNamesQuery() {
  return queryOptions({
    queryKey: ["provider-names"] as const,
    queryFn: async ({ signal }) => {
      const { data } = await fetchJson("/api/v1/providers", { schema: providerListSchema, signal });
      return data.toSorted((one, other) => one.name.localeCompare(other.name));
    },
    staleTime: 60 * 60_000,
  });
}
