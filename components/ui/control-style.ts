/** The looks of a text control. 16 px on touch screens, because Safari zooms into anything smaller. */
export const CONTROL_STYLE =
  "w-full min-h-10 rounded-control border border-edge bg-raised px-3 py-2 text-base text-ink md:text-sm aria-invalid:border-danger disabled:opacity-55";
