import type { TrackState } from "./track";

/** What stands at the end of a line, drawn around its last point. */
export function TrackEnd({ kind, isGroup }: { kind: TrackState["kind"]; isGroup: boolean }) {
  switch (kind) {
    case "served":
      return (
        <>
          <circle r="9" className="fill-signal/20" />
          <circle r="5.5" className="fill-signal" />
        </>
      );
    case "set":
      return (
        <>
          <circle r="9" className="fill-signal/20" />
          <circle r="5" className="fill-raised stroke-[2.5] stroke-signal" />
        </>
      );
    case "waiting":
      return <circle r="4.5" className="fill-canvas stroke-[1.5] stroke-muted group-hover/line:stroke-ink" />;
    case "failed":
      // The rails end, a cross, and the line that was to be.
      return (
        <>
          <path d="M-5.5-5.5 5.5 5.5M-5.5 5.5 5.5-5.5" className="stroke-[2.5] stroke-danger" />
          <path d="M12 0h18" strokeDasharray="2 4" className="stroke-[1.5] stroke-danger/60" />
        </>
      );
    case "excluded":
      // A buffer stop; two of them for a group.
      return (
        <g className="stroke-muted group-hover/line:stroke-ink">
          <path d="M0-6.5V6.5" className="stroke-[3]" />
          <path d="M-5-3.5h5M-5 3.5h5" className="stroke-[1.5]" />
          {isGroup && <path d="M5-6.5V6.5" className="stroke-[3]" />}
        </g>
      );
  }
}
