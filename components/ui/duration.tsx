import { formatDuration } from "./format-duration";
import { None } from "./none";

/** A span of time, such as a latency. `null` where it was not measured. */
export function Duration({ ms }: { ms: number | null }) {
  if (ms === null) return <None />;
  return (
    <span title={`${Math.round(ms)} ms`} className="whitespace-nowrap">
      {formatDuration(ms)}
    </span>
  );
}

/** Tokens per second. `null` where it was not measured. */
export function Speed({ tokensPerSecond }: { tokensPerSecond: number | null }) {
  if (tokensPerSecond === null) return <None />;
  return (
    <span className="whitespace-nowrap">
      {tokensPerSecond.toLocaleString("en-US", { maximumFractionDigits: tokensPerSecond < 10 ? 1 : 0 })}{" "}
      <span className="text-muted">tok/s</span>
    </span>
  );
}
