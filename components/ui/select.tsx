import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { CONTROL_STYLE } from "./control-style";

/** One of a few values: the browser's own list, which every phone and screen reader knows. For many, `Combobox`. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <span className="relative block w-full">
      <select {...rest} className={cn(CONTROL_STYLE, "appearance-none truncate pe-8", className)} />
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute inset-e-2.5 top-1/2 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
