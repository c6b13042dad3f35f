"use client";

import { Button } from "@/components/ui/button";
import { formatCompact } from "@/components/ui/format-compact";
import { formatUsd } from "@/components/ui/format-usd";
import { PricePerMillion } from "@/components/ui/money";
import { Popover } from "@/components/ui/popover";
import type { EndpointOffer } from "@/lib/schemas/endpoint-offer";

/** What an offer takes and charges besides: opened by the number of its parameters. */
export function OfferDetails({ offer }: { offer: EndpointOffer }) {
  const { supportedParameters, otherPrices, tiers, provider } = offer;
  const extras = otherPrices.length + tiers.length;
  return (
    <Popover
      label={`Parameters and other prices of ${provider.name}`}
      align="end"
      className="w-80"
      trigger={
        <Button size="small" variant="quiet" className="-my-1 -me-2.5 relative">
          {supportedParameters.length}
          <span className="sr-only">
            {" "}
            parameters{extras > 0 ? ` and ${extras} other prices` : ""} of {provider.name}
          </span>
          {extras > 0 && <span aria-hidden="true">+ prices</span>}
        </Button>
      }
    >
      {extras > 0 && (
        <dl className="mb-3 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 border-b pb-3 text-dense">
          {tiers.map(({ minPromptTokens, prompt, completion }) => (
            <div key={minPromptTokens} className="contents">
              <dt className="text-muted">Prompts from {formatCompact(minPromptTokens)} tokens</dt>
              <dd className="text-end">
                {prompt === undefined ? "–" : formatUsd(prompt)} →{" "}
                {completion === undefined ? "–" : formatUsd(completion)}
                <span className="text-muted"> /M</span>
              </dd>
            </div>
          ))}
          {otherPrices.map(({ label, usd, unit }) => (
            <div key={label} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="text-end">
                {unit === "/M" ? (
                  <PricePerMillion usd={usd} />
                ) : (
                  <>
                    {formatUsd(usd)} <span className="text-muted">{unit}</span>
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="mb-1 text-dense text-muted">Parameters it takes</p>
      <ul className="flex flex-wrap gap-x-3 gap-y-0.5 font-mono text-xs">
        {[...supportedParameters].sort().map((parameter) => (
          <li key={parameter}>{parameter}</li>
        ))}
      </ul>
    </Popover>
  );
}
