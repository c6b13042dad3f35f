import { formatDuration } from "@/components/ui/format-duration";
import type { ProviderFaults } from "@/lib/schemas/provider-faults";

/** What is turned wrong for a provider, in a line; nothing when it is healthy. */
export function describeFaults(faults: ProviderFaults): string {
  const { extraLatencyMs, slowChunkMs, error, stall, truncate, garbage, reset, empty, refuse } = faults;
  return [
    extraLatencyMs === undefined ? "" : `+${formatDuration(extraLatencyMs)} latency`,
    slowChunkMs === undefined ? "" : `+${slowChunkMs} ms a piece`,
    often(error === undefined ? "" : String(error.status), error),
    often(stall?.afterChunks === undefined ? "stalls" : "stalls mid-stream", stall),
    often("cut off", truncate),
    often("broken JSON", garbage),
    often("connection closed", reset),
    often("empty", empty),
    often("filtered", refuse),
  ]
    .filter((text) => text !== "")
    .join(" · ");
}

function often(what: string, fault: { probability?: number | undefined } | undefined): string {
  if (fault === undefined) return "";
  const { probability = 1 } = fault;
  return probability === 1 ? `${what} always` : `${what} in ${Math.round(probability * 100)} %`;
}
