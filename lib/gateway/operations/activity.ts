import "server-only";
import { listDailyActivity } from "@/lib/activity/list-daily-activity";
import { addDays, dayOf } from "@/lib/activity-filter/days";
import { getCatalog } from "@/lib/catalog/catalog";
import { invalidField } from "@/lib/errors";
import { isUserOf } from "@/lib/identity/store";
import type { Caller } from "@/lib/schemas/caller";
import { type ActivityItem, activityRequestSchema } from "@/lib/schemas/public-activity";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { parseInput } from "../parse-input";
import { requireKeyKind } from "../require-key-kind";

const DAYS = 30;

/**
 * `GET /activity`: what the account had served on the last 30 completed UTC days, by day, model and endpoint. `date` asks
 * for one of them, or for what there is of today. A filter that names what is not the account's finds nothing.
 *
 * @throws AppError `forbidden` for all but provisioning keys; `invalid_request` for a day outside that time.
 */
export async function getActivity(
  request: GatewayRequest,
  _parameters: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  const query = parseInput(activityRequestSchema, Object.fromEntries(request.query));
  const { accountId } = caller;
  const { from, to } = periodOf(query.date, dayOf(request.receivedMs));
  const isElsewhere = query.workspace_id !== undefined && query.workspace_id !== accountId;
  if (isElsewhere || (query.user_id !== undefined && !(await isUserOf(accountId, query.user_id)))) {
    return jsonResponse(200, { data: [] });
  }
  const keyHashes = query.api_key_hash === undefined ? null : [query.api_key_hash];
  const rows = await listDailyActivity({ accountId, from, to, keyHashes });
  const { models } = getCatalog();
  const data: ActivityItem[] = rows.map((row) => ({
    ...row,
    model_permaslug: models.get(row.model)?.fact.canonicalSlug ?? row.model,
    ...(query.group_by === undefined ? {} : { workspace_id: accountId }),
  }));
  return jsonResponse(200, { data });
}

function periodOf(date: string | undefined, today: string): { from: string; to: string } {
  const first = addDays(today, -DAYS);
  if (date === undefined) return { from: first, to: addDays(today, -1) };
  if (date < first || date > today) {
    throw invalidField("date", `must be one of the last ${DAYS} UTC days, from ${first} to ${today}`);
  }
  return { from: date, to: date };
}
