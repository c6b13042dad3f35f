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

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** Tokens per second. `null` where it was not measured. */
export function Speed({ tokensPerSecond }: { tokensPerSecond: number | null }) {
  if (tokensPerSecond === null) return <None />;
  return (
    <span className="whitespace-nowrap">
      {(tokensPerSecond < 10 ? oneDecimal : whole).format(tokensPerSecond)} <span className="text-muted">tok/s</span>
    </span>
  );
}
