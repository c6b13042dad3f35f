"use client";

import { useEffect, useState } from "react";
import { Button } from "./button";
import type { ButtonVariant } from "./button-style";
import { copyText } from "./copy-text";
import { CheckIcon, CopyIcon } from "./icons";

const SHOWN_MS = 2_000;

type CopyButtonProps = { text: string; label: string; variant?: ButtonVariant };

export function CopyButton({ text, label, variant = "secondary" }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  return (
    <>
      <Button
        variant={variant}
        size="small"
        onClick={async () => setOutcome((await copyText(text)) ? "copied" : "failed")}
      >
        {outcome === "copied" ? <CheckIcon className="size-4 text-signal" /> : <CopyIcon className="size-4" />}
        {label}
      </Button>
      <span role="status" className="sr-only">
        {outcome === "copied" && "Copied"}
        {outcome === "failed" && "Could not copy; select the text and copy it yourself"}
      </span>
    </>
  );
}
