import { cn } from "./cn";

const BASE =
  "inline-flex select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control border border-transparent font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50";

const VARIANTS = {
  primary: "bg-signal text-on-signal not-disabled:hover:bg-signal-strong",
  secondary: "border-edge/60 bg-raised text-ink not-disabled:hover:border-edge not-disabled:hover:bg-hover",
  quiet: "text-muted not-disabled:hover:bg-hover not-disabled:hover:text-ink",
  danger: "border-danger/50 bg-raised text-danger not-disabled:hover:border-danger not-disabled:hover:bg-danger-wash",
} as const satisfies Record<string, string>;

const SIZES = {
  regular: "min-h-control px-3.5 text-sm",
  small: "min-h-control-small px-2.5 text-dense",
} as const satisfies Record<string, string>;

const SQUARES = { regular: "size-control shrink-0", small: "size-control-small shrink-0" } as const;

export type ButtonVariant = keyof typeof VARIANTS;
export type ButtonSize = keyof typeof SIZES;

/** The looks of a button, for links that look like one too. */
export function buttonStyle(variant: ButtonVariant = "secondary", size: ButtonSize = "regular", className?: string) {
  return cn(BASE, VARIANTS[variant], SIZES[size], className);
}

/** The looks of a button that shows an icon alone. */
export function iconButtonStyle(variant: ButtonVariant = "quiet", size: ButtonSize = "regular", className?: string) {
  return cn(BASE, VARIANTS[variant], SQUARES[size], className);
}
