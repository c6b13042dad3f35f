import { exportGenerations } from "@/lib/activity/export-generations";
import { resolveActivityFilter } from "@/lib/activity-filter/resolve-activity-filter";
import { activityExportSchema } from "@/lib/schemas/activity-filter";
import { internalRoute, parseQuery } from "../../internal-route";
import { streamedFile } from "../../streamed-file";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

/** The activity as a file, narrowed as its page is by the same address. */
export const GET = internalRoute(async ({ user, request }) => {
  const { format, ...address } = parseQuery(request, activityExportSchema);
  const filter = resolveActivityFilter(address, Date.now());
  const text = exportGenerations(user.accountId, filter, format);
  return streamedFile(text, `activity-${filter.from}-to-${filter.to}.${format}`, TYPES[format]);
});
