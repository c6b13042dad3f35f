import { formatUsd } from "./format-usd";

/** An amount of US dollars, short; the exact one is in its title. */
export function Money({ usd }: { usd: string | number }) {
  return (
    <span title={`$${usd}`} className="whitespace-nowrap">
      {formatUsd(usd)}
    </span>
  );
}

/** A price per million tokens, given in USD per million. Nothing is "free". */
export function PricePerMillion({ usd }: { usd: number }) {
  if (usd === 0) return <span>free</span>;
  return (
    <span title={`$${usd} for a million tokens`} className="whitespace-nowrap">
      {formatUsd(usd)}
      <span className="text-muted"> /M</span>
    </span>
  );
}
