import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

// The tick is a mask, so that it takes the colour of the theme.
const TICK =
  "after:absolute after:inset-0 after:bg-on-signal after:opacity-0 checked:after:opacity-100 after:[mask:url(\"data:image/svg+xml,%3Csvg_xmlns='http://www.w3.org/2000/svg'_viewBox='0_0_16_16'%3E%3Cpath_d='m3.8_8.3_2.7_2.7_5.7-6'_fill='none'_stroke='%23000'_stroke-width='2'/%3E%3C/svg%3E\")_center/contain_no-repeat]";

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
