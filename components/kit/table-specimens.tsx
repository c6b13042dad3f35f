"use client";

import { useState } from "react";
import { Ago } from "@/components/ui/ago";
import { Badge } from "@/components/ui/badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { type Column, DataTable, ROW_TARGET_STYLE, type Sort } from "@/components/ui/data-table";
import { Duration, Speed } from "@/components/ui/duration";
import { KeyValue, KeyValues } from "@/components/ui/key-values";
import { LocalTime } from "@/components/ui/local-time";
import { Meter } from "@/components/ui/meter";
import { Money, PricePerMillion } from "@/components/ui/money";
import { Stat, StatRow } from "@/components/ui/stat";
import { TokenFlow, Tokens } from "@/components/ui/tokens";
import { Specimen } from "./specimen";

type SampleRow = { id: string; provider: string; price: number; context: number; speed: number | null; used: number };

const ROWS: readonly SampleRow[] = [
  { id: "openai/gpt-oss-120b", provider: "DeepInfra", price: 0.09, context: 131_072, speed: 62.4, used: 1 },
  { id: "anthropic/claude-sonnet-4.5", provider: "Anthropic", price: 3, context: 1_000_000, speed: 71, used: 8.4 },
  {
    id: "meta-llama/llama-3.3-70b-instruct:free",
    provider: "Together",
    price: 0,
    context: 65_536,
    speed: null,
    used: 10,
  },
];

const COLUMNS: readonly Column<SampleRow>[] = [
  {
    id: "id",
    header: "Model",
    role: "title",
    sorts: "ascending",
    cell: ({ id, price }) => (
      <>
        <button type="button" className={ROW_TARGET_STYLE}>
          {id}
        </button>{" "}
        {price === 0 && <Badge tone="signal">free</Badge>}
      </>
    ),
  },
  { id: "provider", header: "Provider", from: "md", cell: ({ provider }) => provider },
  {
    id: "price",
    header: "Prompt price",
    align: "end",
    sorts: "ascending",
    cell: ({ price }) => <PricePerMillion usd={price} />,
  },
  {
    id: "context",
    header: "Context",
    align: "end",
    sorts: "descending",
    cell: ({ context }) => <Tokens count={context} />,
  },
  { id: "speed", header: "Speed", align: "end", from: "lg", cell: ({ speed }) => <Speed tokensPerSecond={speed} /> },
  {
    id: "used",
    header: "Used of $10",
    cell: ({ used }) => <Meter label="Used" value={used} max={10} text={`$${used} of $10`} className="mt-1.5 w-24" />,
  },
  {
    id: "actions",
    header: "Actions",
    role: "actions",
    cell: ({ id }) => (
      <Button size="small" className="relative" aria-label={`Try ${id}`}>
        Try
      </Button>
    ),
  },
];

const SAMPLE = `from openai import OpenAI

# Any client of the OpenAI API will do.
client = OpenAI(base_url="http://localhost:3000/api/v1", api_key="sk-or-v1-…")
answer = client.chat.completions.create(
    model="openai/gpt-oss-120b",
    messages=[{"role": "user", "content": "Hello!"}],
    max_tokens=100,
)`;

export function TableSpecimens() {
  const [sort, setSort] = useState<Sort>({ column: "price", direction: "ascending" });
  return (
    <>
      <Specimen id="table" title="Table">
        <DataTable
          label="Some models"
          columns={COLUMNS}
          rows={ROWS}
          rowKey={({ id }) => id}
          sort={sort}
          onSort={setSort}
          selectedKey="anthropic/claude-sonnet-4.5"
        />
        <CursorPagination label="models" newerHref="/internal/kit?before=1" olderHref="/internal/kit?after=3" />
      </Specimen>
      <Specimen id="facts" title="Facts and figures">
        <Breadcrumbs
          trail={[
            { href: "/models", label: "Models" },
            { href: "/models?q=openai", label: "openai" },
          ]}
          current="gpt-oss-120b"
        />
        <StatRow>
          <Stat label="Spend" value="$12.40" note="+8 % against the week before" />
          <Stat label="Requests" value="1,204" note="last 7 days" />
          <Stat label="Tokens" value="3.1M" note="2.6M in, 0.5M out" />
          <Stat label="First token, p50" value={<Duration ms={412} />} />
        </StatRow>
        <div className="max-w-lg">
          <KeyValues>
            <KeyValue name="Cost">
              <Money usd="0.000123456" />
            </KeyValue>
            <KeyValue name="Tokens">
              <TokenFlow input={1204} output={87} />
            </KeyValue>
            <KeyValue name="Time">
              <LocalTime iso="2026-11-21T12:00:00Z" />
            </KeyValue>
            <KeyValue name="Listed">
              <span data-changing>
                <Ago iso="2024-11-21T12:00:00Z" />
              </span>
            </KeyValue>
          </KeyValues>
        </div>
        <CodeBlock label="Python" language="python" code={SAMPLE} />
        <CodeBlock
          label="curl"
          language="shell"
          code={'curl http://localhost:3000/api/v1/models \\\n  -H "Authorization: Bearer $KEY"  # yours'}
        />
      </Specimen>
    </>
  );
}
