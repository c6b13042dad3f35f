import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

// A tick cut out of the colour that stands on the signal's.
const TICK =
  "after:absolute after:inset-0 after:bg-on-signal after:opacity-0 after:[clip-path:polygon(18%_51%,29%_40%,43%_54%,72%_24%,83%_35%,43%_76%)] checked:after:opacity-100";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "children"> & {
  /** Its label. */
  children: ReactNode;
  /** A second line, in smaller type. */
  hint?: ReactNode;
};

export function Checkbox({ children, hint, className, ...rest }: CheckboxProps) {
  return (
    <label className={cn("group flex items-start gap-2.5 py-1 text-sm has-disabled:opacity-50", className)}>
      <input
        {...rest}
        type="checkbox"
        className={cn(
          "relative mt-[0.1875rem] size-4 shrink-0 appearance-none rounded-tag border border-edge bg-raised transition-colors checked:border-signal checked:bg-signal group-hover:border-ink checked:group-hover:border-signal-strong",
          TICK,
        )}
      />
      <span>
        {children}
        {hint !== undefined && <span className="block text-dense text-muted">{hint}</span>}
      </span>
    </label>
  );
}
