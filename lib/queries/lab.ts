import { queryOptions } from "@tanstack/react-query";
import { labRequestsSchema } from "@/lib/schemas/lab";
import { type FaultMap, faultMapSchema } from "@/lib/schemas/provider-faults";
import { fetchJson } from "./fetch-json";

const PATH = "/api/internal/lab";

export const LAB_REQUESTS_SHOWN = 50;
/** While something happens, and while nothing does. In a tab that is not looked at nobody is asked. */
const BUSY_POLL_MS = 1_500;
const CALM_POLL_MS = 6_000;
const CALM_AFTER_MS = 30_000;
const BOARD_POLL_MS = 10_000;

/** The faults that are on, whoever turned them. */
export function faultBoardQuery() {
  return queryOptions({
    queryKey: ["lab", "faults"] as const,
    queryFn: ({ signal }) => fetchJson(`${PATH}/faults`, { schema: faultMapSchema, signal }),
    refetchInterval: BOARD_POLL_MS,
  });
}

/** Turns the faults of the providers that are named, or with `replace` of all; gives the board as it is then. */
export function turnFaults({ faults, replace }: { faults: FaultMap; replace: boolean }): Promise<FaultMap> {
  return fetchJson(`${PATH}/faults`, { method: replace ? "PUT" : "PATCH", body: faults, schema: faultMapSchema });
}

/** What happened to the account's last requests. */
export function labRequestsQuery() {
  return queryOptions({
    queryKey: ["lab", "requests"] as const,
    queryFn: ({ signal }) => fetchJson(`${PATH}/requests`, { schema: labRequestsSchema, signal }),
    refetchInterval: ({ state: { data } }) => {
      const [newest] = data?.rows ?? [];
      const isBusy = newest !== undefined && Date.now() - Date.parse(newest.createdAt) < CALM_AFTER_MS;
      return isBusy ? BUSY_POLL_MS : CALM_POLL_MS;
    },
  });
}
