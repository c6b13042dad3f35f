import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

type SwitchProps = Omit<ComponentProps<"input">, "type" | "children" | "role"> & {
  /** Its label. */
  children: ReactNode;
  hint?: ReactNode;
};

/** Something that is on or off from the moment it is thrown. What waits for a "Save" is a `Checkbox`. */
export function Switch({ children, hint, className, ...rest }: SwitchProps) {
  return (
    <label className={cn("flex items-start justify-between gap-6 py-1 text-sm has-disabled:opacity-50", className)}>
      <span>
        <span className="font-medium">{children}</span>
        {hint !== undefined && <span className="block text-dense text-muted">{hint}</span>}
      </span>
      <input
        {...rest}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is checked
        role="switch"
        className="relative mt-0.5 h-5 w-9 shrink-0 appearance-none rounded-full border border-edge bg-sunken transition-colors after:absolute after:start-0.5 after:top-0.5 after:size-3.5 after:rounded-full after:bg-muted after:transition-[translate,background-color] checked:border-signal checked:bg-signal checked:after:translate-x-4 checked:after:bg-on-signal"
      />
    </label>
  );
}
