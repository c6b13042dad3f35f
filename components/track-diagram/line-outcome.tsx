import type { ReactNode } from "react";
import { formatDuration } from "@/components/ui/format-duration";
import type { TrackAttempt, TrackLine } from "./track";

type LineOutcomeProps = { line: TrackLine; isPlan: boolean; name: ReactNode; action?: ReactNode };

/** What became of one line, in text. */
export function LineOutcome({ line, isPlan, name, action }: LineOutcomeProps) {
  const { state, notes, probability } = line;
  switch (state.kind) {
    case "served":
    case "failed":
      return (
        <Outcome name={name} word={state.kind === "served" ? "Served" : "Failed"} tone={state.kind}>
          {state.attempts.map((attempt, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the tries of one endpoint in their order, which never changes
            <Attempt key={index} attempt={attempt} number={state.attempts.length > 1 ? index + 1 : undefined} />
          ))}
          <Notes notes={notes} />
        </Outcome>
      );
    case "set":
      return (
        <Outcome name={name} word="Tried first" tone="served" aside={shareOf(probability)}>
          <Notes notes={notes} />
        </Outcome>
      );
    case "waiting":
      return (
        <Outcome name={name} word={isPlan ? "Would follow" : "Not needed"} tone="waiting" aside={shareOf(probability)}>
          <Notes notes={notes} />
        </Outcome>
      );
    case "excluded":
      return (
        <Outcome name={name} word={`Excluded: ${state.reason}`} tone="waiting">
          {state.fix !== undefined && <p className="text-muted text-xs">To let it in: {state.fix}</p>}
          {action}
        </Outcome>
      );
  }
}

const TONES = { served: "font-medium text-signal", failed: "font-medium text-danger", waiting: "text-muted" } as const;

type OutcomeProps = {
  name: ReactNode;
  word: string;
  tone: keyof typeof TONES;
  aside?: string | undefined;
  children: ReactNode;
};

function Outcome({ name, word, tone, aside, children }: OutcomeProps) {
  return (
    <>
      {name}
      <div>
        <p className="wrap-anywhere">
          <span className={TONES[tone]}>{word}</span>
          {aside !== undefined && <span className="text-muted"> · {aside}</span>}
        </p>
        {children}
      </div>
    </>
  );
}

function Attempt({
  attempt: { status, latencyMs, error },
  number,
}: {
  attempt: TrackAttempt;
  number: number | undefined;
}) {
  return (
    <p className="wrap-anywhere text-muted text-xs">
      {number !== undefined && `Try ${number}: `}
      {status} after {formatDuration(latencyMs)}
      {error !== undefined && `: ${error}`}
    </p>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  return notes.map((note) => (
    <p key={note} className="text-muted text-xs first-letter:uppercase">
      {note}
    </p>
  ));
}

function shareOf(probability: number | undefined): string | undefined {
  // Nothing was drawn where one was sure to be first.
  if (probability === undefined || probability <= 0 || probability >= 1) return undefined;
  const percent = probability * 100;
  return `first in ${percent < 1 ? "under 1" : percent.toFixed(0)} % of draws`;
}
