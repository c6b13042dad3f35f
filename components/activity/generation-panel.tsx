"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { formatCount } from "@/components/ui/format-count";
import { formatDuration } from "@/components/ui/format-duration";
import { KeyValue, KeyValues } from "@/components/ui/key-values";
import { LocalTime } from "@/components/ui/local-time";
import { Sheet } from "@/components/ui/sheet";
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
    <Sheet open={generation !== null} onClose={onClose} title="Generation">
      {generation !== null && (
        <div className="grid gap-8 text-sm">
          <Facts generation={generation} />
          <RouteDetails route={generation.route} />
        </div>
      )}
    </Sheet>
  );
}

function Facts({ generation }: { generation: GenerationSummary }) {
  return (
    <div className="grid gap-4">
      <p className="wrap-anywhere">
        <span className="font-medium text-base">{generation.modelId}</span> <GenerationBadges generation={generation} />
      </p>
      <KeyValues>
        <KeyValue name="Time">
          <LocalTime iso={generation.createdAt} />
        </KeyValue>
        {generation.requestedModel !== generation.modelId && (
          <KeyValue name="Asked for">{generation.requestedModel}</KeyValue>
        )}
        <KeyValue name="Provider">
          {generation.providerName ?? "None was reached"}
          {generation.endpointTag !== null && <span className="text-muted"> ({generation.endpointTag})</span>}
        </KeyValue>
        <KeyValue name="Made with">{keyOf(generation)}</KeyValue>
        <KeyValue name="Tokens in">
          {formatCount(generation.promptTokens)}
          {generation.cachedTokens > 0 && (
            <span className="text-muted"> of which {formatCount(generation.cachedTokens)} cached</span>
          )}
        </KeyValue>
        <KeyValue name="Tokens out">
          {formatCount(generation.completionTokens)}
          {generation.reasoningTokens > 0 && (
            <span className="text-muted"> of which {formatCount(generation.reasoningTokens)} reasoning</span>
          )}
        </KeyValue>
        <KeyValue name="Cost">${generation.costUsd}</KeyValue>
        <KeyValue name="First token">
          {generation.firstTokenMs === null ? "Never came" : `after ${formatDuration(generation.firstTokenMs)}`}
        </KeyValue>
        {generation.generationMs !== null && (
          <KeyValue name="Generation">
            {formatDuration(generation.generationMs)}, {speedOf(generation)}
            {!generation.streamed && <span className="text-muted">, not streamed</span>}
          </KeyValue>
        )}
        <KeyValue name="Finish">{finishOf(generation)}</KeyValue>
      </KeyValues>
      <div className="flex flex-wrap items-center gap-3">
        <code className="wrap-anywhere font-mono text-muted text-xs">{generation.id}</code>
        <CopyButton text={generation.id} label="Copy id" variant="quiet" />
      </div>
    </div>
  );
}

function keyOf({ keyName, keyLabel }: GenerationSummary): string {
  if (keyLabel === null) return "the chatroom";
  return keyName === null ? keyLabel : `${keyName} (${keyLabel})`;
}
