import { TrackDiagram } from "@/components/track-diagram/track-diagram";
import { trackOfRecord } from "@/components/track-diagram/track-of-record";
import { TextLink } from "@/components/ui/text-link";
import { dryRunHref } from "@/lib/schemas/dry-run-address";
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
      {route.requested !== undefined && (
        <p className="text-dense">
          <TextLink href={againHref(route.requested, route.preferences)}>Plan this again</TextLink>{" "}
          <span className="text-muted">with its model and preferences; the prompt is not kept</span>
        </p>
      )}
      <TrackDiagram track={trackOfRecord(route)} animated />
    </SheetPart>
  );
}

function againHref(model: string, provider: RouteRecord["preferences"]): string {
  const messages = [{ role: "user", content: "" }];
  return dryRunHref({ model, messages, ...(provider === undefined ? {} : { provider }) }) ?? "/route";
}
