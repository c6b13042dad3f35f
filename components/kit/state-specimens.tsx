"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Meter } from "@/components/ui/meter";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import { StatusDot } from "@/components/ui/status-dot";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { Row, Specimen } from "./specimen";

export function StateSpecimens() {
  return (
    <Specimen id="states" title="States">
      <Row label="badges">
        <Badge>estimated</Badge>
        <Badge tone="signal">insured</Badge>
        <Badge tone="caution">sandbox</Badge>
        <Badge tone="danger">failed</Badge>
        <Badge tone="outline">fp8</Badge>
      </Row>
      <Row label="status">
        {(["clear", "caution", "stop", "idle"] as const).map((status) => (
          <span key={status} className="flex items-center gap-1.5">
            <StatusDot status={status} />
            {status}
          </span>
        ))}
        <Spinner />
      </Row>
      <Row label="meters">
        {[0, 4.2, 8.5, 10].map((used) => (
          <Meter key={used} label="Credit used" value={used} max={10} text={`$${used} of $10`} className="w-32" />
        ))}
        <Progress label="Importing" share={0.4} className="w-32" />
        <Progress label="Connecting" share={null} className="w-32" />
      </Row>
      <div className="grid gap-3">
        <Notice tone="signal">The key works: the provider answered.</Notice>
        <Notice tone="neutral">Some endpoints have not been measured yet.</Notice>
        <Notice tone="caution">Copy it now: it is shown this once.</Notice>
        <Notice tone="danger">Insufficient credits for this request (error 402).</Notice>
      </div>
      <div className="grid gap-8 lg:grid-cols-2">
        <EmptyState title="No keys yet">
          <p className="max-w-prose text-muted">A key lets a program use this API as you.</p>
          <Button variant="primary">Create key</Button>
        </EmptyState>
        <ErrorState title="The list could not be loaded" onRetry={() => {}}>
          The server cannot be reached. Check the connection and try again.
        </ErrorState>
      </div>
      <TableSkeleton label="Loading" rows={4} />
    </Specimen>
  );
}
