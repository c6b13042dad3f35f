"use client";

import Link from "next/link";
import { useMemo } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { type Column, DataTable, ROW_TARGET_STYLE, type Sort } from "@/components/ui/data-table";
import { Duration, Speed } from "@/components/ui/duration";
import { LinkPending } from "@/components/ui/link-pending";
import { LocalTime } from "@/components/ui/local-time";
import { Tokens } from "@/components/ui/tokens";
import type { ModelOrder } from "@/lib/model-list/model-filter";
import type { ListedModel } from "@/lib/schemas/listed-model";
import { ModalityIcons } from "./modality-icons";
import { ModelBadges } from "./model-badges";
import { CompletionPrice, PromptPrice } from "./model-price";
import { MAX_COMPARED } from "./models-view";

type ModelTableProps = {
  models: readonly ListedModel[];
  order: ModelOrder | undefined;
  onOrder: (order: ModelOrder | undefined) => void;
  /** Something was measured: without, there would be two columns of dashes. */
  hasSpeeds: boolean;
  picked: readonly string[];
  onPick: (id: string) => void;
};

export function ModelTable({ models, order, onOrder, hasSpeeds, picked, onPick }: ModelTableProps) {
  // The same as long as they show the same: rows that stay are not drawn again.
  const columns = useMemo(
    () => columnsOf(picked, onPick).filter(({ id }) => hasSpeeds || !SPEEDS.includes(id)),
    [picked, onPick, hasSpeeds],
  );
  const sort = order === undefined ? undefined : SORTS[order];
  return (
    <DataTable
      label="Models"
      columns={columns}
      rows={models}
      rowKey={idOf}
      {...(sort === undefined ? {} : { sort })}
      onSort={(asked) => onOrder(orderOf(asked))}
    />
  );
}

const SPEEDS: readonly string[] = ["latency", "throughput"];

const idOf = ({ id }: ListedModel) => id;

/** The orders that a heading shows. */
const SORTS: Readonly<Partial<Record<ModelOrder, Sort>>> = {
  newest: { column: "created", direction: "descending" },
  "pricing-low-to-high": { column: "prompt", direction: "ascending" },
  "pricing-high-to-low": { column: "prompt", direction: "descending" },
  "context-high-to-low": { column: "context", direction: "descending" },
  "throughput-high-to-low": { column: "throughput", direction: "descending" },
  "latency-low-to-high": { column: "latency", direction: "ascending" },
};

/** A second click on a heading that knows one direction only goes back to the order of its own accord. */
function orderOf({ column, direction }: Sort): ModelOrder | undefined {
  for (const order of ["newest", "context-high-to-low", "throughput-high-to-low", "latency-low-to-high"] as const) {
    if (SORTS[order]?.column === column) return SORTS[order].direction === direction ? order : undefined;
  }
  return direction === "ascending" ? "pricing-low-to-high" : "pricing-high-to-low";
}

function columnsOf(picked: readonly string[], onPick: (id: string) => void): readonly Column<ListedModel>[] {
  return [
    {
      id: "model",
      header: "Model",
      role: "title",
      cell: (model) => (
        <>
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <Link href={`/${model.id}`} prefetch={false} className={ROW_TARGET_STYLE}>
              {model.name}
              <LinkPending />
            </Link>
            <ModelBadges model={model} />
          </span>
          <span className="mt-0.5 flex flex-wrap items-center gap-x-3">
            <span className="font-mono text-muted text-xs">{model.id}</span>
            <ModalityIcons inputs={model.inputModalities} outputs={model.outputModalities} />
          </span>
        </>
      ),
    },
    {
      id: "context",
      header: "Context",
      align: "end",
      sorts: "descending",
      cell: ({ contextTokens }) => (
        <span className="whitespace-nowrap">
          <Tokens count={contextTokens} /> <span className="text-muted">tok</span>
        </span>
      ),
    },
    {
      id: "prompt",
      header: "Input",
      align: "end",
      sorts: "ascending",
      cell: (model) => <PromptPrice model={model} />,
    },
    { id: "completion", header: "Output", align: "end", cell: (model) => <CompletionPrice model={model} /> },
    {
      id: "latency",
      header: "Latency\u00a0p50",
      align: "end",
      from: "xl",
      sorts: "ascending",
      cell: ({ latencyMs }) => <Duration ms={latencyMs ?? null} />,
    },
    {
      id: "throughput",
      header: "Throughput\u00a0p50",
      align: "end",
      from: "xl",
      sorts: "descending",
      cell: ({ throughput }) => <Speed tokensPerSecond={throughput ?? null} />,
    },
    {
      id: "created",
      header: "Created",
      align: "end",
      from: "md",
      sorts: "descending",
      cell: ({ createdSeconds }) => <LocalTime iso={isoOf(createdSeconds)} precision="day" />,
    },
    {
      id: "compare",
      header: "Compare",
      role: "actions",
      cell: ({ id, name }) => {
        const isPicked = picked.includes(id);
        return (
          <Checkbox
            className="relative inline-flex py-0"
            checked={isPicked}
            disabled={!isPicked && picked.length >= MAX_COMPARED}
            onChange={() => onPick(id)}
          >
            <span className="sm:sr-only">
              Compare<span className="sr-only"> {name}</span>
            </span>
          </Checkbox>
        );
      },
    },
  ];
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
