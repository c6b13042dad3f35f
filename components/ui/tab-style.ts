/** The looks of a tab: chosen by its state, or by being the current page. */
export const TAB_STYLE =
  "-mb-px whitespace-nowrap border-transparent border-b-2 py-2 text-muted text-sm transition-colors hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-signal aria-[current=page]:font-medium aria-[current=page]:text-ink data-[state=active]:border-signal data-[state=active]:font-medium data-[state=active]:text-ink";
