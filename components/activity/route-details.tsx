import { TrackDiagram } from "@/components/track-diagram/track-diagram";
import { trackOfRecord } from "@/components/track-diagram/track-of-record";
import type { RouteRecord } from "@/lib/schemas/route-record";
import { SheetPart } from "./sheet-part";

/** Why the request went where it went: what was tried, what else could have been, and what could not and why. */
export function RouteDetails({ route }: { route: RouteRecord }) {
  return (
    <SheetPart title="Route">
      {route.notices.length > 0 && (
        <ul className="grid gap-1.5 text-muted">
          {route.notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      )}
      <TrackDiagram track={trackOfRecord(route)} animated />
    </SheetPart>
  );
}
