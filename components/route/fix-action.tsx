"use client";

import type { TrackLine } from "@/components/track-diagram/track";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { applyFix } from "@/lib/routing/apply-fix";
import type { RequestBody } from "./request-form";

type FixActionProps = { line: TrackLine; body: RequestBody; onApply: (body: RequestBody) => void };

/** The way to let an excluded endpoint in: at a click where it is a field of the body, else the page where it is set. */
export function FixAction({ line: { state, provider, endpoint }, body, onApply }: FixActionProps) {
  if (state.kind !== "excluded" || state.fix === undefined) return null;
  const fixed = applyFix(body, state.fix);
  if (fixed !== undefined) {
    return (
      <Button
        size="small"
        className="relative my-1 min-h-6 px-2 text-xs"
        aria-label={`Let ${provider} (${endpoint}) in: ${state.fix}`}
        onClick={() => onApply(fixed)}
      >
        Let it in
      </Button>
    );
  }
  const page = / at (\/settings\/[a-z-]+)/.exec(state.fix)?.[1];
  return page === undefined ? null : (
    <TextLink href={page} className="text-xs">
      Open that page
    </TextLink>
  );
}
