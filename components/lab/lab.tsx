"use client";

import { useQuery } from "@tanstack/react-query";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { labRequestsQuery } from "@/lib/queries/lab";
import type { LabProvider, LabRequest } from "@/lib/schemas/lab";
import type { FaultMap } from "@/lib/schemas/provider-faults";
import { FaultPanel } from "./fault-panel";
import { LiveRequests } from "./live-requests";
import { TestRequests } from "./test-requests";

type LabProps = {
  providers: readonly LabProvider[];
  initialBoard: FaultMap;
  initialRequests: LabRequest[];
  /** For the test requests. */
  model: string;
};

/** Faults, requests to try them on, and what became of those. */
export function Lab({ providers, initialBoard, initialRequests, model }: LabProps) {
  const { data, error } = useQuery({ ...labRequestsQuery(), initialData: { rows: initialRequests } });
  return (
    <>
      <Section title="Faults" description="They act on every process of this installation, from the next request on.">
        <FaultPanel providers={providers} initialBoard={initialBoard} />
      </Section>
      <Section title="Test requests">
        <TestRequests initialModel={model} records={data.rows} />
      </Section>
      <Section title="What is happening" description="The last 50 requests of your account, as they are written down.">
        {error !== null && (
          <Notice tone="danger" className="mb-4">
            This list is not up to date: {error.message}
          </Notice>
        )}
        <LiveRequests requests={data.rows} />
      </Section>
    </>
  );
}
