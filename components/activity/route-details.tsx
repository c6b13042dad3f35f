import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { formatDuration } from "@/components/ui/format-duration";
import type { RouteRecord } from "@/lib/schemas/route-record";

/** Why the request went where it went: what was tried, what else could have been, and what could not and why. */
export function RouteDetails({ route }: { route: RouteRecord }) {
  return (
    <>
      {route.notices.length > 0 && (
        <Section title="Notices">
          <ul className="grid gap-1.5">
            {route.notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Attempts">
        {route.attempts.length === 0 ? (
          <p className="text-muted">No provider was asked.</p>
        ) : (
          <ol className="border-t">
            {route.attempts.map((attempt, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one endpoint can be tried twice, and the list never changes
              <li key={index} className="grid gap-1 border-b py-2.5">
                <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                  <EndpointName {...attempt} />
                  <span className="flex items-center gap-3">
                    <AttemptStatus status={attempt.status} />
                    {attempt.latencyMs != null && <span>{formatDuration(attempt.latencyMs)}</span>}
                  </span>
                </span>
                {attempt.error != null && <span className="wrap-anywhere text-muted">{attempt.error}</span>}
              </li>
            ))}
          </ol>
        )}
      </Section>
      <Section title="Candidates in order">
        {route.candidates.length === 0 ? (
          <p className="text-muted">No endpoint could serve this request.</p>
        ) : (
          <ol className="border-t">
            {route.candidates.map((candidate) => (
              <li key={`${candidate.model} ${candidate.endpoint}`} className="grid gap-1 border-b py-2.5">
                <span className="flex flex-wrap justify-between gap-x-4">
                  <EndpointName {...candidate} />
                  {candidate.probability != null && (
                    <span title="Chance of being tried first">{(candidate.probability * 100).toFixed(0)} %</span>
                  )}
                </span>
                {candidate.clampedMaxTokens !== undefined && (
                  <span className="text-muted">
                    Output limited to {candidate.clampedMaxTokens} tokens, which is what the credit pays for
                  </span>
                )}
              </li>
            ))}
          </ol>
        )}
      </Section>
      {route.excluded.length > 0 && (
        <Section title="Excluded">
          <ul className="border-t">
            {route.excluded.map((exclusion) => (
              <li
                key={`${exclusion.model} ${exclusion.endpoint} ${exclusion.rule}`}
                className="grid gap-1 border-b py-2.5"
              >
                <EndpointName {...exclusion} />
                <span className="text-muted">{exclusion.reason}</span>
                {exclusion.fix != null && <span>{exclusion.fix}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-2.5">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function EndpointName({ provider, model, endpoint }: { provider: string; model: string; endpoint: string }) {
  return (
    <span className="wrap-anywhere">
      <span className="font-medium">{provider}</span> <span className="text-muted">{model}</span>
      {endpoint !== provider && <span className="text-muted"> ({endpoint})</span>}
    </span>
  );
}

function AttemptStatus({ status }: { status: number | null }) {
  if (status === null) return <Badge tone="danger">no answer</Badge>;
  return <Badge tone={status < 400 ? "signal" : "danger"}>{status}</Badge>;
}
