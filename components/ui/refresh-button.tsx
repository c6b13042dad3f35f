"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";

/** Loads what the page shows anew, and nothing else: for lists that grow while they are looked at. */
export function RefreshButton() {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <IconButton
      label="Refresh"
      variant="secondary"
      size="small"
      aria-busy={isPending}
      onClick={() => startTransition(() => router.refresh())}
    >
      <RefreshCw aria-hidden="true" className={cn(isPending && "motion-safe:animate-spin")} />
    </IconButton>
  );
}
