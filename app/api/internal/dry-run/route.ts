import { planForUser } from "@/lib/gateway/plan-for-user";
import { internalRoute } from "../internal-route";

/** Takes the body of a chat completion as it is, and answers with its plan. */
export const POST = internalRoute(async ({ user, request }) =>
  planForUser(new Uint8Array(await request.arrayBuffer()), user.accountId, Date.now()),
);
