import { formatCompact } from "./format-compact";
import { formatCount } from "./format-count";

/** A number of tokens in short, such as a context length; the exact one is in its title. */
export function Tokens({ count }: { count: number }) {
  return (
    <span title={`${formatCount(count)} tokens`} className="whitespace-nowrap">
      {formatCompact(count)}
    </span>
  );
}

/** What went in and what came out. */
export function TokenFlow({ input, output }: { input: number; output: number }) {
  return (
    <span title={`${formatCount(input)} tokens in, ${formatCount(output)} tokens out`} className="whitespace-nowrap">
      {formatCount(input)} <span className="text-muted">→</span> {formatCount(output)}
    </span>
  );
}
