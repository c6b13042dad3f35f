import "katex/dist/katex.min.css";
import katex from "katex";
import { memo, useEffect, useRef } from "react";

type FormulaProps = { source: string; isDisplay: boolean };

/**
 * A formula in LaTeX. Drawn into its element and not made of HTML text, whose style attributes our Content Security
 * Policy refuses. One that is wrong, or still being written, is shown as it is.
 */
export const Formula = memo(function Formula({ source, isDisplay }: FormulaProps) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (element.current === null) return;
    katex.render(source, element.current, { displayMode: isDisplay, throwOnError: false, errorColor: "currentColor" });
  }, [source, isDisplay]);
  return <span ref={element} className={isDisplay ? "block overflow-x-auto py-1" : undefined} />;
});
