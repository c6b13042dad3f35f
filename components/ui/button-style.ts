import { cn } from "./cn";

const BASE =
  "inline-flex select-none items-center justify-center gap-2 whitespace-nowrap rounded-control border border-transparent font-medium transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55";

const VARIANTS = {
  primary: "bg-signal text-on-signal not-disabled:hover:bg-signal/88",
  secondary: "border-edge/70 bg-raised text-ink not-disabled:hover:bg-sunken",
  quiet: "text-muted not-disabled:hover:bg-sunken not-disabled:hover:text-ink",
  danger: "border-danger/60 bg-raised text-danger not-disabled:hover:bg-danger-wash",
} as const satisfies Record<string, string>;

const SIZES = {
  regular: "min-h-10 px-4 text-sm",
  small: "min-h-8 px-2.5 text-sm",
} as const satisfies Record<string, string>;

export type ButtonVariant = keyof typeof VARIANTS;
export type ButtonSize = keyof typeof SIZES;

/** The looks of a button, for links that look like one too. */
export function buttonStyle(variant: ButtonVariant = "secondary", size: ButtonSize = "regular", className?: string) {
  return cn(BASE, VARIANTS[variant], SIZES[size], className);
}
