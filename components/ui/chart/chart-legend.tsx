import { fillOf, type Series } from "./chart-data";

/** Which colour is which series. By itself where several charts of the same series stand beside each other. */
export function ChartLegend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
      {series.map((entry, index) => (
        <li key={entry.id} className="flex items-center gap-1.5">
          <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2.5 shrink-0">
            <rect width="10" height="10" rx="1.5" className={fillOf(entry, index)} />
          </svg>
          <span className="wrap-anywhere">{entry.name}</span>
        </li>
      ))}
    </ul>
  );
}
