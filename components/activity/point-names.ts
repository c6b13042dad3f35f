import type { ActivityOverview } from "@/lib/schemas/activity-overview";

const FULL = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
const SHORT = { day: "numeric", month: "short", timeZone: "UTC" } as const;

/** How a point of a chart is called, in full and where there is little room. Days and hours are UTC. */
export function pointNamesOf(point: string, bucket: ActivityOverview["bucket"]): { label: string; tick: string } {
  switch (bucket) {
    case "hour": {
      const hour = point.slice(-2);
      return { label: `${hour}:00 to ${hour}:59 UTC`, tick: hour };
    }
    case "day": {
      const day = new Date(point);
      return { label: day.toLocaleDateString("en-GB", FULL), tick: String(day.getUTCDate()) };
    }
    case "week": {
      const monday = new Date(point);
      return {
        label: `Week of ${monday.toLocaleDateString("en-GB", FULL)}`,
        tick: monday.toLocaleDateString("en-GB", SHORT),
      };
    }
  }
}
