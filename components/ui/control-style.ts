const FRAME =
  "w-full min-h-control rounded-control border border-edge/75 bg-raised text-base text-ink transition-colors md:text-sm hover:border-edge";

/** The looks of a text control. 16 px on touch screens, because Safari zooms into anything smaller. */
export const CONTROL_STYLE = `${FRAME} px-2.5 py-1.5 aria-invalid:border-danger disabled:cursor-not-allowed disabled:opacity-50`;

/** The same around a control that shares its frame with a unit or an icon. */
export const CONTROL_FRAME_STYLE = `${FRAME} flex items-center has-aria-invalid:border-danger has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:outline-signal has-focus-visible:outline-offset-2`;
