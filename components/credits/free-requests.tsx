import { formatCount } from "@/components/ui/format-count";
import { Meter } from "@/components/ui/meter";
import { Money } from "@/components/ui/money";
import { TextLink } from "@/components/ui/text-link";

export type FreeRequests = {
  used: number;
  /** Requests a UTC day; `null`: no limit. */
  limit: number | null;
  /** Requests a minute; `null`: no limit. */
  perMinute: number | null;
  /** What more is to be had for how much credit; `null`: nothing. */
  offer: { limit: number | null; priceUsd: string } | null;
};

/** How many requests to free models an account has made today, and how many it may make. */
export function FreeRequestMeter({ free: { used, limit, perMinute, offer } }: { free: FreeRequests }) {
  const text = limit === null ? `${formatCount(used)} today` : `${formatCount(used)} of ${formatCount(limit)} today`;
  return (
    <section aria-label="Free models" className="grid max-w-md gap-1.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-dense">
          Requests to <TextLink href="/models?max_price=0">free models</TextLink>
        </span>
        <span className="text-dense tabular-nums">{text}</span>
      </p>
      {limit !== null && <Meter label="Requests to free models today" value={used} max={limit} text={text} />}
      <p className="text-muted text-xs">
        {perMinute !== null && `At most ${formatCount(perMinute)} a minute. `}A day begins at midnight UTC.
        {offer !== null && (
          <>
            {" "}
            Accounts that have bought <Money usd={offer.priceUsd} /> of credits may make{" "}
            {offer.limit === null ? "as many as they like" : `${formatCount(offer.limit)} a day`}.
          </>
        )}
      </p>
    </section>
  );
}
