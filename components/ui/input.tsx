import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { CONTROL_FRAME_STYLE, CONTROL_STYLE } from "./control-style";

type InputProps = Omit<ComponentProps<"input">, "prefix"> & {
  /** Shown inside the frame: a unit or an icon, such as `$`. */
  prefix?: ReactNode;
  /** The same at the end, such as `tokens`. */
  suffix?: ReactNode;
};

/** One line of text. Its label comes from a `Field`, or from `aria-label`. */
export function Input({ prefix, suffix, className, ...rest }: InputProps) {
  if (prefix === undefined && suffix === undefined) return <input {...rest} className={cn(CONTROL_STYLE, className)} />;
  return (
    <span className={cn(CONTROL_FRAME_STYLE, className)}>
      {prefix !== undefined && <span className="shrink-0 ps-2.5 text-muted">{prefix}</span>}
      <input
        {...rest}
        className="min-w-0 flex-1 bg-transparent px-2.5 py-1.5 outline-none disabled:cursor-not-allowed"
      />
      {suffix !== undefined && <span className="shrink-0 pe-2.5 text-muted">{suffix}</span>}
    </span>
  );
}
