"use client";

import { type Column, DataTable, ROW_TARGET_STYLE } from "@/components/ui/data-table";
import { Speed } from "@/components/ui/duration";
import { LocalTime } from "@/components/ui/local-time";
import { Money } from "@/components/ui/money";
import { TokenFlow } from "@/components/ui/tokens";
import type { GenerationSummary } from "@/lib/schemas/generation";
import { GenerationBadges } from "./generation-badges";
import { finishOf } from "./generation-facts";

type GenerationTableProps = {
  generations: readonly GenerationSummary[];
  /** The one whose detail is open. */
  openId: string | undefined;
  onOpen: (generation: GenerationSummary) => void;
};

export function GenerationTable({ generations, openId, onOpen }: GenerationTableProps) {
  const columns: readonly Column<GenerationSummary>[] = [
    {
      id: "model",
      header: "Model",
      role: "title",
      cell: (generation) => (
        <>
          <button type="button" className={ROW_TARGET_STYLE} onClick={() => onOpen(generation)}>
            {generation.modelId}
          </button>{" "}
          <GenerationBadges generation={generation} />
        </>
      ),
    },
    { id: "time", header: "Time", cell: ({ createdAt }) => <LocalTime iso={createdAt} /> },
    { id: "provider", header: "Provider", from: "md", cell: ({ providerName }) => providerName ?? "–" },
    {
      id: "tokens",
      header: "Tokens in → out",
      align: "end",
      cell: ({ promptTokens, completionTokens }) => <TokenFlow input={promptTokens} output={completionTokens} />,
    },
    { id: "cost", header: "Cost", align: "end", cell: ({ costUsd }) => <Money usd={costUsd} /> },
    {
      id: "speed",
      header: "Speed",
      align: "end",
      from: "lg",
      cell: ({ tokensPerSecond }) => <Speed tokensPerSecond={tokensPerSecond} />,
    },
    { id: "finish", header: "Finish", from: "md", cell: finishOf },
  ];
  return (
    <DataTable
      label="Your generations, newest first"
      columns={columns}
      rows={generations}
      rowKey={({ id }) => id}
      selectedKey={openId}
    />
  );
}
