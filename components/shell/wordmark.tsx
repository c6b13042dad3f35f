/** The name with its mark: one line comes in, and is set to one of three. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-base tracking-[-0.02em]">
      <svg viewBox="0 0 22 20" aria-hidden="true" className="h-4.5 w-5" fill="none" strokeWidth="2.5">
        <path d="M8 10 12.5 3.5H20M8 10l4.5 6.5H20" className="stroke-ink/35" />
        <path d="M1 10h19" className="stroke-signal" />
        <circle cx="5.5" cy="10" r="3" className="fill-canvas stroke-ink" />
      </svg>
      Signalbox
    </span>
  );
}
