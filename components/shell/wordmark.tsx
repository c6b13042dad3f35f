/** The name with its mark: a signal that stands at clear. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-[0.9375rem] tracking-tight">
      <svg viewBox="0 0 12 22" aria-hidden="true" className="h-5.5 w-3">
        <rect width="12" height="22" rx="6" className="fill-ink" />
        <circle cx="6" cy="6.25" r="2.75" className="fill-canvas/25" />
        <circle cx="6" cy="15.5" r="3.25" className="fill-[oklch(0.82_0.17_152)] dark:fill-[oklch(0.5_0.13_155)]" />
      </svg>
      Signalbox
    </span>
  );
}
