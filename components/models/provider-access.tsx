import { StatusDot } from "@/components/ui/status-dot";
import type { ProviderSummary } from "@/lib/schemas/provider-description";

const TEXTS = {
  key: "Ready: has a key here",
  sandbox: "Played by the sandbox",
  own: "Ready: you have a key for it",
  none: "No key here",
} as const satisfies Record<ProviderSummary["access"], string>;

/** Whether a provider can be called from here. */
export function ProviderAccess({ access }: { access: ProviderSummary["access"] }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StatusDot status={access === "none" ? "idle" : "clear"} />
      {TEXTS[access]}
    </span>
  );
}
