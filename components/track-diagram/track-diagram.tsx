import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { describeTrack } from "./describe-track";
import { isTravelled, layoutTrack } from "./layout-track";
import { lineKeyOf, type Track, type TrackLine } from "./track";
import { TrackRowView } from "./track-row-view";

type TrackDiagramProps = {
  track: Track;
  /** Draws the way of the request when the diagram appears, where the reader allows motion. */
  animated?: boolean;
  /** What the reader can do about an excluded line, beside its fix. */
  actionOf?: ((line: TrackLine) => ReactNode) | undefined;
  className?: string;
};

/**
 * The way of a request through everything that was considered for it. The rows are a list that reads without the
 * picture; the picture beside it takes its width from the screen.
 */
export function TrackDiagram({ track, animated = false, actionOf, className }: TrackDiagramProps) {
  const rows = layoutTrack(track);
  const isLit = track.lines.some(({ state }) => state.kind === "served" || state.kind === "set");
  const hasSeveralModels = new Set(track.lines.map(({ model }) => model)).size > 1;
  return (
    <figure className={cn("@container text-dense", className)}>
      <figcaption className="mb-1.5 flex flex-wrap items-baseline gap-x-3">
        {track.requested !== undefined && (
          <span className="wrap-anywhere font-mono font-medium text-xs">{track.requested}</span>
        )}
        <span className="text-muted">{describeTrack(track)}</span>
      </figcaption>
      <ol className="ps-1">
        {rows.map((row) => (
          <TrackRowView
            key={row.lines.map(lineKeyOf).join()}
            row={row}
            isPlan={track.isPlan}
            isLit={isLit}
            animated={animated && row.lines.some(isTravelled)}
            hasSeveralModels={hasSeveralModels}
            actionOf={actionOf}
          />
        ))}
      </ol>
    </figure>
  );
}
