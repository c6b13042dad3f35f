import { type ActivityAddress, activityAddressSchema, MAX_RANGE_DAYS } from "@/lib/schemas/activity-filter";
import { countDays } from "./days";

type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * What an address of the activity asks for. Addresses are typed and shared by hand: what cannot be understood is left
 * out, of what is given twice the first counts.
 */
export function readActivityAddress(parameters: SearchParams): ActivityAddress {
  const given = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === "string" ? value : value?.[0],
  ]);
  const known = given.filter(([name, value]) => value !== undefined && isUnderstood(name, value));
  const { from, to, ...rest } = activityAddressSchema.parse(Object.fromEntries(known));
  // Days say nothing beside a named period, or without each other.
  if (rest.range !== undefined || from === undefined || to === undefined) return rest;
  const days = countDays(from, to);
  return days >= 1 && days <= MAX_RANGE_DAYS ? { ...rest, from, to } : rest;
}

function isUnderstood(name: string | undefined, value: string | undefined): boolean {
  return name !== undefined && activityAddressSchema.safeParse({ [name]: value }).success;
}
