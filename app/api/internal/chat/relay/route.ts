import { AppError } from "@/lib/errors";
import { FetchFailure } from "@/lib/fetch/fetch-public";
import { relayRequest } from "@/lib/fetch/relay-request";
import { relayRequestSchema } from "@/lib/schemas/chat-tools";
import { internalRoute, parseBody } from "../../internal-route";

/** A request to a tool server (MCP over HTTP) that the person added. Its key lies in their browser and passes through. */
export const POST = internalRoute(async ({ request }) => {
  const asked = await parseBody(request, relayRequestSchema);
  try {
    return await relayRequest(asked, request.signal);
  } catch (error) {
    if (error instanceof FetchFailure)
      throw new AppError("invalid_request", `The tool server's address ${error.message}.`);
    throw error;
  }
});
