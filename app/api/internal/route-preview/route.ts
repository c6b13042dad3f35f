import { previewRoute } from "@/lib/gateway/preview-route";
import { routePreviewRequestSchema } from "@/lib/schemas/route-preview";
import { parseBody, visitorRoute } from "../internal-route";

export const POST = visitorRoute(async (request) =>
  previewRoute(await parseBody(request, routePreviewRequestSchema), Date.now()),
);
