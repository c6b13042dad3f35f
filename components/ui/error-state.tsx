"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import { StatusDot } from "./status-dot";

type ErrorStateProps = { title: string; children?: ReactNode; onRetry?: () => void; isRetrying?: boolean };

/** Something that was to be here could not be loaded; the rest of the page goes on. */
export function ErrorState({ title, children, onRetry, isRetrying = false }: ErrorStateProps) {
  return (
    <div role="alert" className="grid justify-items-start gap-3 border-y py-8">
      <p className="flex items-center gap-2 font-semibold text-base">
        <StatusDot status="stop" />
        {title}
      </p>
      {children !== undefined && <div className="max-w-prose text-muted text-sm">{children}</div>}
      {onRetry !== undefined && (
        <Button busy={isRetrying} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
