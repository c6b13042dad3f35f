import { previewRoute } from "@/lib/gateway/preview-route";
import { findSignedInUser } from "@/lib/identity/session";
import { routePreviewRequestSchema } from "@/lib/schemas/route-preview";
import { parseBody, visitorRoute } from "../internal-route";

export const POST = visitorRoute(async (request) => {
  const [asked, user] = await Promise.all([parseBody(request, routePreviewRequestSchema), findSignedInUser()]);
  return previewRoute(asked, user?.accountId ?? null, Date.now());
});
