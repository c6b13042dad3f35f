"use client";

import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { formatCount } from "@/components/ui/format-count";
import { formatDuration } from "@/components/ui/format-duration";
import { LocalTime } from "@/components/ui/local-time";
import type { GenerationSummary } from "@/lib/schemas/generation";
import { GenerationBadges } from "./generation-badges";
import { finishOf, speedOf } from "./generation-facts";
import { RouteDetails } from "./route-details";

type GenerationPanelProps = {
  /** `null`: closed. */
  generation: GenerationSummary | null;
  onClose: () => void;
};

/** All that is known of one generation, along the edge of the screen. */
export function GenerationPanel({ generation, onClose }: GenerationPanelProps) {
  return (
    <Dialog open={generation !== null} onClose={onClose} placement="side" title="Generation">
      {generation !== null && (
        <div className="grid gap-8 text-sm">
          <Facts generation={generation} />
          <RouteDetails route={generation.route} />
        </div>
      )}
    </Dialog>
  );
}

function Facts({ generation }: { generation: GenerationSummary }) {
  return (
    <div className="grid gap-4">
      <p className="wrap-anywhere">
        <span className="font-medium text-base">{generation.modelId}</span> <GenerationBadges generation={generation} />
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <Fact name="Time">
          <LocalTime iso={generation.createdAt} />
        </Fact>
        {generation.requestedModel !== generation.modelId && <Fact name="Asked for">{generation.requestedModel}</Fact>}
        <Fact name="Provider">
          {generation.providerName ?? "None was reached"}
          {generation.endpointTag !== null && <span className="text-muted"> ({generation.endpointTag})</span>}
        </Fact>
        <Fact name="Made with">{keyOf(generation)}</Fact>
        <Fact name="Tokens in">
          {formatCount(generation.promptTokens)}
          {generation.cachedTokens > 0 && (
            <span className="text-muted"> of which {formatCount(generation.cachedTokens)} cached</span>
          )}
        </Fact>
        <Fact name="Tokens out">
          {formatCount(generation.completionTokens)}
          {generation.reasoningTokens > 0 && (
            <span className="text-muted"> of which {formatCount(generation.reasoningTokens)} reasoning</span>
          )}
        </Fact>
        <Fact name="Cost">${generation.costUsd}</Fact>
        <Fact name="First token">
          {generation.firstTokenMs === null ? "Never came" : `after ${formatDuration(generation.firstTokenMs)}`}
        </Fact>
        {generation.generationMs !== null && (
          <Fact name="Generation">
            {formatDuration(generation.generationMs)}, {speedOf(generation)}
            {!generation.streamed && <span className="text-muted">, not streamed</span>}
          </Fact>
        )}
        <Fact name="Finish">{finishOf(generation)}</Fact>
      </dl>
      <div className="flex flex-wrap items-center gap-3">
        <code className="wrap-anywhere font-mono text-muted text-xs">{generation.id}</code>
        <CopyButton text={generation.id} label="Copy id" variant="quiet" />
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}

function keyOf({ keyName, keyLabel }: GenerationSummary): string {
  if (keyLabel === null) return "the chatroom";
  return keyName === null ? keyLabel : `${keyName} (${keyLabel})`;
}
