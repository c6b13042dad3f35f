import { listGenerations } from "@/lib/activity/list-generations";
import { GENERATIONS_PER_PAGE } from "@/lib/queries/generations";
import { internalRoute } from "../internal-route";

export const GET = internalRoute(({ user, request }) => {
  const cursor = request.nextUrl.searchParams.get("cursor");
  return listGenerations({
    accountId: user.accountId,
    limit: GENERATIONS_PER_PAGE,
    ...(cursor === null ? {} : { cursor }),
  });
});
