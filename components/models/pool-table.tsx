"use client";

import Link from "next/link";
import { type Column, DataTable, ROW_TARGET_STYLE } from "@/components/ui/data-table";
import { Tokens } from "@/components/ui/tokens";
import type { ListedModel } from "@/lib/schemas/listed-model";
import { ModelBadges } from "./model-badges";
import { CompletionPrice, PromptPrice } from "./model-price";

const COLUMNS: readonly Column<ListedModel>[] = [
  {
    id: "model",
    header: "Model",
    role: "title",
    cell: (model) => (
      <>
        <span className="flex flex-wrap items-center gap-x-2">
          <Link href={`/${model.id}`} prefetch={false} className={ROW_TARGET_STYLE}>
            {model.name}
          </Link>
          <ModelBadges model={model} />
        </span>
        <span className="font-mono text-muted text-xs">{model.id}</span>
      </>
    ),
  },
  {
    id: "context",
    header: "Context",
    align: "end",
    cell: ({ contextTokens }) => (
      <span className="whitespace-nowrap">
        <Tokens count={contextTokens} /> <span className="text-muted">tok</span>
      </span>
    ),
  },
  { id: "prompt", header: "Input", align: "end", cell: (model) => <PromptPrice model={model} /> },
  { id: "completion", header: "Output", align: "end", cell: (model) => <CompletionPrice model={model} /> },
];

/** The models that a router chooses from. */
export function PoolTable({ models }: { models: readonly ListedModel[] }) {
  return <DataTable label="Models it chooses from" columns={COLUMNS} rows={models} rowKey={({ id }) => id} />;
}
