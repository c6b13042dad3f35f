import type { ComponentProps } from "react";
import { cn } from "./cn";
import { CONTROL_STYLE } from "./control-style";

/** Text of several lines, which grows with what is written. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={3}
      {...rest}
      className={cn(CONTROL_STYLE, "field-sizing-content max-h-96 min-h-20 resize-y", className)}
    />
  );
}
