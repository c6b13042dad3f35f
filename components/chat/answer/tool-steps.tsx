"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { StatusDot } from "@/components/ui/status-dot";
import type { ToolStep } from "@/lib/schemas/chatroom";
import { type CallState, callState, decide, subscribeToCalls } from "../tools/tool-calls";

/** Nobody asks after a shorter wait. */
const SLOW_MS = 3_000;

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
  const call = useSyncExternalStore(
    subscribeToCalls,
    () => callState(step),
    () => undefined,
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <details>
        <summary className="flex items-center gap-2 py-0.5">
          <StatusDot status={step.result === null ? "idle" : step.isError ? "stop" : "clear"} />
          <span className="font-mono text-dense">{step.name}</span>
          <span className="min-w-0 truncate font-mono text-muted text-xs">{step.arguments}</span>
          {call?.kind === "runs" && <Running key={call.sinceMs} sinceMs={call.sinceMs} />}
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
      {call?.kind === "asks" && <Question step={step} call={call} />}
    </div>
  );
}

/** What is asked names all that leaves the browser: where it goes, and what with. */
function Question({ step, call }: { step: ToolStep; call: CallState & { kind: "asks" } }) {
  const { address, permission } = call.consent;
  return (
    <div role="alert" className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-control border bg-sunken p-3 text-dense">
      <p>
        {address === null ? (
          <>
            May <span className="font-mono">{step.name}</span> of {call.from} run with this?
          </>
        ) : (
          <>May this address be fetched?</>
        )}
      </p>
      <p className="wrap-anywhere max-h-48 overflow-y-auto whitespace-pre-wrap font-mono text-xs">
        {address ?? indented(step.arguments)}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" variant="primary" onClick={() => decide(step, "once")}>
          Allow once
        </Button>
        <Button size="small" onClick={() => decide(step, "always")}>
          {permission.host === null ? "Always allow" : `Always allow ${permission.host}`}
        </Button>
        <Button size="small" variant="quiet" onClick={() => decide(step, "refuse")}>
          Refuse
        </Button>
      </div>
    </div>
  );
}

/** How long a call has been at work, once it takes long. */
function Running({ sinceMs }: { sinceMs: number }) {
  const [nowMs, setNowMs] = useState(sinceMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const elapsedMs = nowMs - sinceMs;
  return (
    <span className="ms-auto shrink-0 text-muted text-xs">
      {elapsedMs < SLOW_MS ? "running" : `no answer for ${Math.round(elapsedMs / 1_000)} s`}
    </span>
  );
}

/** Each argument on a line of its own. */
function indented(given: string): string {
  try {
    return JSON.stringify(JSON.parse(given || "{}"), null, 2);
  } catch {
    return given;
  }
}
