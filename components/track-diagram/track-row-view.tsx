import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { reasonOf, type TrackRow } from "./layout-track";
import { LineOutcome } from "./line-outcome";
import { lineKeyOf, type TrackLine } from "./track";
import { TrackLines } from "./track-lines";

type TrackRowViewProps = {
  row: TrackRow;
  isPlan: boolean;
  isLit: boolean;
  animated: boolean;
  hasSeveralModels: boolean;
  actionOf: ((line: TrackLine) => ReactNode) | undefined;
};

export function TrackRowView({ row, isPlan, isLit, animated, hasSeveralModels, actionOf }: TrackRowViewProps) {
  const [line, ...others] = row.lines;
  return (
    <li className="group/line grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-4 @lg:grid-cols-[clamp(7rem,22%,14rem)_minmax(0,1fr)] @lg:gap-x-5">
      <div className="relative">
        <TrackLines
          kind={line.state.kind}
          trunkIn={row.trunkIn}
          trunkOut={row.trunkOut}
          step={row.step}
          isLit={isLit}
          animated={animated}
          isGroup={others.length > 0}
        />
      </div>
      {others.length === 0 ? (
        <div className="min-h-9 py-2 @md:grid @md:grid-cols-2 @2xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] @4xl:grid-cols-[20rem_minmax(0,1fr)] @md:gap-x-6">
          <LineOutcome
            line={line}
            isPlan={isPlan}
            name={<EndpointName line={line} withModel={hasSeveralModels} />}
            action={actionOf?.(line)}
          />
        </div>
      ) : (
        <LineGroup row={row} isPlan={isPlan} hasSeveralModels={hasSeveralModels} actionOf={actionOf} />
      )}
    </li>
  );
}

function LineGroup({
  row: { lines },
  isPlan,
  hasSeveralModels,
  actionOf,
}: Pick<TrackRowViewProps, "row" | "isPlan" | "hasSeveralModels" | "actionOf">) {
  const [first] = lines;
  return (
    <details className="group/fold min-h-9 py-2">
      <summary className="flex w-fit list-none items-center gap-1.5 text-muted underline-offset-4 hover:text-ink hover:underline [&::-webkit-details-marker]:hidden">
        <span>
          <span className="font-medium text-ink">{lines.length}</span> {groupText(first, isPlan)}
        </span>
        <ChevronRight aria-hidden="true" className="size-3.5 group-open/fold:rotate-90" />
      </summary>
      <ul className="mt-1 grid gap-x-6 lg:grid-cols-2">
        {lines.map((line) => (
          <li key={lineKeyOf(line)} className="border-t py-1.5">
            <EndpointName line={line} withModel={hasSeveralModels} />
            {line.state.kind === "excluded" && line.state.fix !== undefined && (
              <span className="block text-muted text-xs">To let it in: {line.state.fix}</span>
            )}
            {actionOf?.(line)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function groupText(line: TrackLine, isPlan: boolean): string {
  if (line.state.kind === "excluded") return `excluded: ${reasonOf(line)}`;
  return isPlan ? "more would follow" : "more were not needed";
}

function EndpointName({ line, withModel }: { line: TrackLine; withModel: boolean }): ReactNode {
  return (
    <span className="wrap-anywhere">
      <span className="font-medium">{line.provider}</span>{" "}
      <span className="font-mono text-muted text-xs">
        {withModel ? `${line.model} · ${line.endpoint}` : line.endpoint}
      </span>
    </span>
  );
}
