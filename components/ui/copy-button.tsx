"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { type ButtonVariant, buttonStyle, iconButtonStyle } from "./button-style";
import { copyText } from "./copy-text";

const SHOWN_MS = 2_000;

type CopyButtonProps = {
  text: string;
  /** What is copied, or "Copy". */
  label: string;
  variant?: ButtonVariant;
  /** Shows the icon alone; the label is its name. */
  iconOnly?: boolean;
};

export function CopyButton({ text, label, variant = "secondary", iconOnly = false }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  return (
    <>
      <button
        type="button"
        aria-label={iconOnly ? label : undefined}
        title={iconOnly ? label : undefined}
        className={iconOnly ? iconButtonStyle(variant, "small", "relative") : buttonStyle(variant, "small")}
        onClick={async () => setOutcome((await copyText(text)) ? "copied" : "failed")}
      >
        {outcome === "copied" ? <Check aria-hidden="true" className="text-signal" /> : <Copy aria-hidden="true" />}
        {!iconOnly && label}
      </button>
      <span role="status" className="sr-only">
        {outcome === "copied" && "Copied"}
        {outcome === "failed" && "Could not copy; select the text and copy it yourself"}
      </span>
    </>
  );
}
