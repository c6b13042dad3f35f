import { serveApiInNext } from "@/lib/server/next-door";

/** Long answers stream for minutes. Seconds. */
export const maxDuration = 3_600;
export const dynamic = "force-dynamic";

// One handler for the whole public API: its route table is `lib/gateway/api-routes.ts`, shared with the production
// server's direct door. A folder per endpoint would be a second table that could drift from it.
export {
  serveApiInNext as DELETE,
  serveApiInNext as GET,
  serveApiInNext as HEAD,
  serveApiInNext as OPTIONS,
  serveApiInNext as PATCH,
  serveApiInNext as POST,
  serveApiInNext as PUT,
};
