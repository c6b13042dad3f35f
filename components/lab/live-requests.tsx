"use client";

import { trackOfRecord } from "@/components/track-diagram/track-of-record";
import { TrackStrip } from "@/components/track-diagram/track-strip";
import { Ago } from "@/components/ui/ago";
import { Badge } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Duration } from "@/components/ui/duration";
import { EmptyState } from "@/components/ui/empty-state";
import { FirstRows } from "@/components/ui/first-rows";
import { StatusDot } from "@/components/ui/status-dot";
import { TextLink } from "@/components/ui/text-link";
import type { LabRequest } from "@/lib/schemas/lab";
import { outcomeOf } from "./request-outcome";

const FIRST = 15;

/** What only tells what happened: no plan, nothing that was not tried. */
const NOTHING_ELSE = { candidates: [], excluded: [], notices: [] };

const COLUMNS: readonly Column<LabRequest>[] = [
  {
    id: "outcome",
    header: "Outcome",
    role: "title",
    cell: (request) => {
      const { status, word } = outcomeOf(request);
      return (
        <span className="inline-flex items-baseline gap-2">
          <StatusDot status={status} />
          <TextLink href={`/activity?generation=${encodeURIComponent(request.id)}`} className="text-ink">
            {word}
          </TextLink>
        </span>
      );
    },
  },
  {
    id: "tracks",
    header: "Tracks",
    cell: ({ attempts }) =>
      attempts.length === 0 ? "–" : <TrackStrip track={trackOfRecord({ ...NOTHING_ELSE, attempts: [...attempts] })} />,
  },
  {
    id: "provider",
    header: "Provider",
    cell: ({ providerName, sandbox }) => (
      <>
        {providerName ?? "nobody"} {sandbox && <Badge tone="caution">sandbox</Badge>}
      </>
    ),
  },
  {
    id: "status",
    header: "Statuses",
    cell: ({ attempts }) => attempts.map(({ status }) => status).join(" → ") || "–",
  },
  {
    id: "model",
    header: "Model",
    from: "lg",
    cell: ({ modelId }) => <span className="wrap-anywhere font-mono text-xs">{modelId}</span>,
  },
  {
    id: "first",
    header: "First token",
    align: "end",
    cell: ({ firstTokenMs }) => <Duration ms={firstTokenMs} />,
  },
  { id: "time", header: "Time", align: "end", from: "md", cell: ({ createdAt }) => <Ago iso={createdAt} /> },
];

/** The last requests of the account, newest first. */
export function LiveRequests({ requests }: { requests: readonly LabRequest[] }) {
  if (requests.length === 0) {
    return (
      <EmptyState title="Nothing has happened yet">
        <p className="text-muted text-sm">Send a test request above, or point a client at this installation.</p>
      </EmptyState>
    );
  }
  return (
    <FirstRows rows={requests} count={FIRST}>
      {(rows) => (
        <DataTable
          label="Your last requests, newest first"
          columns={COLUMNS}
          rows={rows}
          rowKey={({ id }) => id}
          sticky={false}
        />
      )}
    </FirstRows>
  );
}
