import { listAttempts } from "@/lib/activity/list-attempts";
import { LAB_REQUESTS_SHOWN } from "@/lib/queries/lab";
import { administratorRoute } from "../../internal-route";

export const GET = administratorRoute(async ({ user }) => ({
  rows: await listAttempts({ accountId: user.accountId, limit: LAB_REQUESTS_SHOWN }),
}));
