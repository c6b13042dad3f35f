import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "./fetch-json";

const paletteSchema = z.object({
  models: z.array(z.object({ id: z.string(), name: z.string() })),
  /** The signed-in person's keys, never their secrets. */
  keys: z.array(z.object({ hash: z.string(), name: z.string(), label: z.string() })),
});
export type Palette = z.infer<typeof paletteSchema>;

/** What the command palette finds besides pages. */
export function paletteQuery() {
  return queryOptions({
    queryKey: ["palette"] as const,
    queryFn: ({ signal }) => fetchJson("/api/internal/palette", { schema: paletteSchema, signal }),
    staleTime: 5 * 60_000,
  });
}
