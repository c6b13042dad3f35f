"use client";

import { useState } from "react";
import { StatusStrip } from "@/components/ui/chart/status-strip";
import { type Column, DataTable, type Sort } from "@/components/ui/data-table";
import { Duration, Speed } from "@/components/ui/duration";
import { PricePerMillion } from "@/components/ui/money";
import { None } from "@/components/ui/none";
import { SelectField } from "@/components/ui/select-field";
import { Tokens } from "@/components/ui/tokens";
import type { EndpointOffer } from "@/lib/schemas/endpoint-offer";
import { OfferDetails } from "./offer-details";
import { OfferName } from "./offer-name";

type OfferTableProps = {
  label: string;
  offers: readonly EndpointOffer[];
  /** What the rows differ by: the providers of one model, or the models of one provider. */
  subject: "provider" | "model";
};

/** Offers with their prices, limits and measurements; sorted in place. */
export function OfferTable({ label, offers, subject }: OfferTableProps) {
  const [sort, setSort] = useState<Sort | undefined>();
  const rows = sort === undefined ? offers : sorted(offers, sort);
  const columns = columnsOf(
    subject,
    offers.some(({ uptime }) => uptime !== undefined),
  );
  return (
    <>
      <div className="mb-4 sm:hidden">
        <SelectField
          label="Order"
          value={sort?.column ?? ""}
          onChange={({ target }) => {
            const column = columns.find(({ id }) => id === target.value);
            setSort(column?.sorts === undefined ? undefined : { column: column.id, direction: column.sorts });
          }}
        >
          <option value="">As listed</option>
          {columns
            .filter(({ sorts }) => sorts !== undefined)
            .map(({ id, header }) => (
              <option key={id} value={id}>
                {header}
              </option>
            ))}
        </SelectField>
      </div>
      <DataTable
        label={label}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onSort={setSort}
        {...(sort === undefined ? {} : { sort })}
      />
    </>
  );
}

const FIGURES: Readonly<Record<string, (offer: EndpointOffer) => number | undefined>> = {
  context: ({ contextTokens }) => contextTokens,
  output: ({ maxOutputTokens }) => maxOutputTokens,
  prompt: ({ promptPrice }) => promptPrice,
  completion: ({ completionPrice }) => completionPrice,
  cache: ({ cacheReadPrice }) => cacheReadPrice,
  latency: ({ latencyMs }) => latencyMs,
  throughput: ({ throughput }) => throughput,
  uptime: ({ uptime }) => uptime,
};

/** What is not known comes last in both directions. */
function sorted(offers: readonly EndpointOffer[], { column, direction }: Sort): EndpointOffer[] {
  const figure = FIGURES[column];
  if (figure === undefined) return [...offers];
  const sign = direction === "ascending" ? 1 : -1;
  return [...offers].sort((a, b) => {
    const [one, other] = [figure(a), figure(b)];
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    return sign * (one - other);
  });
}

function columnsOf(subject: OfferTableProps["subject"], hasUptime: boolean): readonly Column<EndpointOffer>[] {
  return [
    {
      id: "name",
      header: subject === "provider" ? "Provider" : "Model",
      role: "title",
      cell: (offer) => <OfferName offer={offer} subject={subject} />,
    },
    {
      id: "latency",
      header: "Latency\u00a0p50",
      align: "end",
      sorts: "ascending",
      cell: ({ latencyMs }) => <Duration ms={latencyMs ?? null} />,
    },
    {
      id: "throughput",
      header: "Throughput\u00a0p50",
      align: "end",
      sorts: "descending",
      cell: ({ throughput }) => <Speed tokensPerSecond={throughput ?? null} />,
    },
    {
      id: "uptime",
      header: "Uptime, 24\u00a0h",
      align: "end",
      from: "lg",
      sorts: "descending",
      cell: (offer) => <Uptime offer={offer} hasStrip={hasUptime} />,
    },
    {
      id: "context",
      header: "Context",
      align: "end",
      from: "md",
      sorts: "descending",
      cell: ({ contextTokens }) => <TokenLimit count={contextTokens} />,
    },
    {
      id: "output",
      header: "Max\u00a0output",
      align: "end",
      from: "lg",
      sorts: "descending",
      cell: ({ maxOutputTokens }) => <TokenLimit count={maxOutputTokens} />,
    },
    {
      id: "prompt",
      header: "Input",
      align: "end",
      sorts: "ascending",
      cell: ({ promptPrice }) => <Price usd={promptPrice} />,
    },
    {
      id: "completion",
      header: "Output",
      align: "end",
      sorts: "ascending",
      cell: ({ completionPrice }) => <Price usd={completionPrice} />,
    },
    {
      id: "cache",
      header: "Cache\u00a0read",
      align: "end",
      from: "xl",
      sorts: "ascending",
      cell: (offer) => <CachePrices offer={offer} />,
    },
    {
      id: "details",
      header: "Parameters",
      align: "end",
      cell: (offer) => <OfferDetails offer={offer} />,
    },
  ];
}

function Uptime({ offer: { uptime, uptimeByHour }, hasStrip }: { offer: EndpointOffer; hasStrip: boolean }) {
  if (uptime === undefined) return <None />;
  return (
    <span className="inline-grid justify-items-end gap-0.5">
      <span>{percent(uptime)}</span>
      {hasStrip && uptimeByHour.length > 0 && (
        <StatusStrip
          label="Uptime by hour"
          format={percent}
          className="h-4 w-24"
          parts={uptimeByHour.map((share, index) => ({ label: `${uptimeByHour.length - index} h ago`, share }))}
        />
      )}
    </span>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share >= 0.9995 || share === 0 ? 0 : 1)} %`;
}

function TokenLimit({ count }: { count: number | undefined }) {
  if (count === undefined) return <None />;
  return (
    <span className="whitespace-nowrap">
      <Tokens count={count} /> <span className="text-muted">tok</span>
    </span>
  );
}

function Price({ usd }: { usd: number | undefined }) {
  return usd === undefined ? <None /> : <PricePerMillion usd={usd} />;
}

function CachePrices({ offer: { cacheReadPrice, cacheWritePrice, cachesByItself } }: { offer: EndpointOffer }) {
  return (
    <span className="inline-grid justify-items-end">
      <Price usd={cacheReadPrice} />
      {cacheWritePrice !== undefined && (
        <span className="text-muted text-xs">
          write <PricePerMillion usd={cacheWritePrice} />
        </span>
      )}
      {cachesByItself && (
        <span className="text-muted text-xs" title="Caches prompts without being told to">
          by itself
        </span>
      )}
    </span>
  );
}
