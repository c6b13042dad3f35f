import { queryOptions } from "@tanstack/react-query";
import { publicPlanSchema } from "@/lib/schemas/public-plan";
import type { RoutePreviewRequest } from "@/lib/schemas/route-preview";
import { fetchJson } from "./fetch-json";

/** Where this prompt would go now. */
export function routePreviewQuery(request: RoutePreviewRequest) {
  return queryOptions({
    queryKey: ["route-preview", request] as const,
    queryFn: ({ signal }) =>
      fetchJson("/api/internal/route-preview", { method: "POST", body: request, schema: publicPlanSchema, signal }),
  });
}
