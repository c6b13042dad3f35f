"use client";

import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { StatusDot } from "@/components/ui/status-dot";
import type { ToolStep } from "@/lib/schemas/chatroom";
import { decide, isPending, subscribeToTools } from "../tools/tool-calls";

/** The calls of one round, each with what it was given and what came of it. */
export function ToolSteps({ steps }: { steps: readonly ToolStep[] }) {
  return (
    <ol aria-label="Tool calls" className="grid grid-cols-[minmax(0,1fr)] gap-2 border-s-2 ps-3.5 text-sm">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls keep their place, and some providers give no id
        <li key={index}>
          <Step step={step} />
        </li>
      ))}
    </ol>
  );
}

function Step({ step }: { step: ToolStep }) {
  const isAsked = useSyncExternalStore(
    subscribeToTools,
    () => isPending(step.id),
    () => false,
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <details>
        <summary className="flex items-center gap-2 py-0.5">
          <StatusDot status={step.result === null ? "idle" : step.isError ? "stop" : "clear"} />
          <span className="font-mono text-dense">{step.name}</span>
          <span className="min-w-0 truncate font-mono text-muted text-xs">{step.arguments}</span>
        </summary>
        <dl className="mt-1 grid gap-2 text-dense">
          <div>
            <dt className="text-muted text-xs">Given</dt>
            <dd className="wrap-anywhere whitespace-pre-wrap font-mono text-xs">{step.arguments || "{}"}</dd>
          </div>
          {step.result !== null && (
            <div>
              <dt className="text-muted text-xs">{step.isError ? "Failed" : "Gave"}</dt>
              <dd className="wrap-anywhere max-h-72 overflow-y-auto whitespace-pre-wrap font-mono text-xs">
                {step.result}
              </dd>
            </div>
          )}
        </dl>
      </details>
      {isAsked && (
        <div role="alert" className="flex flex-wrap items-center gap-2 text-dense">
          <span>May {step.name} run?</span>
          <Button size="small" variant="primary" onClick={() => decide(step.id, "once")}>
            Allow once
          </Button>
          <Button size="small" onClick={() => decide(step.id, "always")}>
            Always allow
          </Button>
          <Button size="small" variant="quiet" onClick={() => decide(step.id, "refuse")}>
            Refuse
          </Button>
        </div>
      )}
    </div>
  );
}
