import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { presetStatusSchema } from "@/lib/schemas/preset";
import { fetchJson } from "./fetch-json";

const presetListSchema = z.object({
  data: z.array(z.object({ slug: z.string(), name: z.string(), status: presetStatusSchema })),
});

/** The presets that a room can be asked with. */
export function chatPresetsQuery() {
  return queryOptions({
    queryKey: ["chat-presets"] as const,
    queryFn: async ({ signal }) => {
      const { data } = await fetchJson("/api/v1/presets?limit=100", { schema: presetListSchema, signal });
      return data.filter(({ status }) => status === "active");
    },
  });
}
