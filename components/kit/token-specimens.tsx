import { Specimen } from "./specimen";

const COLOURS = [
  ["canvas", "bg-canvas"],
  ["raised", "bg-raised"],
  ["sunken", "bg-sunken"],
  ["hover", "bg-hover"],
  ["line", "bg-line"],
  ["edge", "bg-edge"],
  ["muted", "bg-muted"],
  ["ink", "bg-ink"],
  ["signal", "bg-signal"],
  ["signal-strong", "bg-signal-strong"],
  ["signal-wash", "bg-signal-wash"],
  ["caution", "bg-caution"],
  ["caution-wash", "bg-caution-wash"],
  ["danger", "bg-danger"],
  ["danger-wash", "bg-danger-wash"],
  ["series-1", "bg-series-1"],
  ["series-2", "bg-series-2"],
  ["series-3", "bg-series-3"],
  ["series-4", "bg-series-4"],
  ["series-5", "bg-series-5"],
  ["series-6", "bg-series-6"],
  ["series-7", "bg-series-7"],
  ["series-8", "bg-series-8"],
  ["series-rest", "bg-series-rest"],
] as const;

const SIZES = [
  ["display", "text-display font-semibold"],
  ["3xl", "text-3xl font-semibold"],
  ["2xl", "text-2xl font-semibold"],
  ["xl", "text-xl font-semibold"],
  ["lg", "text-lg font-semibold"],
  ["base", "text-base"],
  ["sm", "text-sm"],
  ["dense", "text-dense"],
  ["xs", "text-xs"],
  ["micro", "text-micro"],
] as const;

export function TokenSpecimens() {
  return (
    <>
      <Specimen id="colour" title="Colour">
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-x-4 gap-y-3">
          {COLOURS.map(([name, style]) => (
            <li key={name} className="grid gap-1">
              <span className={`block h-9 rounded-control border ${style}`} />
              <code className="font-mono text-muted text-xs">{name}</code>
            </li>
          ))}
        </ul>
      </Specimen>
      <Specimen id="type" title="Type">
        <ul className="grid gap-2">
          {SIZES.map(([name, style]) => (
            <li key={name} className="grid grid-cols-[4rem_minmax(0,1fr)] items-baseline gap-4">
              <code className="font-mono text-muted text-xs">{name}</code>
              <span className={`truncate ${style}`}>See and set every line · 1,204 → 87 · $0.00012</span>
            </li>
          ))}
          <li className="grid grid-cols-[4rem_minmax(0,1fr)] items-baseline gap-4">
            <code className="font-mono text-muted text-xs">mono</code>
            <code className="truncate font-mono text-sm">gen-1763740800-0O1lI · openai/gpt-oss-120b:free</code>
          </li>
        </ul>
      </Specimen>
    </>
  );
}
