import { queryOptions } from "@tanstack/react-query";
import { publicPlanSchema } from "@/lib/schemas/public-plan";
import { fetchJson } from "./fetch-json";

/** Where this request would go now: as long as it is not asked again, since endpoints are drawn by lot. */
export function dryRunQuery(body: Readonly<Record<string, unknown>>) {
  return queryOptions({
    queryKey: ["dry-run", JSON.stringify(body)] as const,
    queryFn: ({ signal }) =>
      fetchJson("/api/internal/dry-run", { method: "POST", body, schema: publicPlanSchema, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}
