"use client";

import { type Column, DataTable, ROW_TARGET_STYLE } from "@/components/ui/data-table";
import { Speed } from "@/components/ui/duration";
import { formatCount } from "@/components/ui/format-count";
import { LocalTime } from "@/components/ui/local-time";
import { Money } from "@/components/ui/money";
import { TokenFlow } from "@/components/ui/tokens";
import type { GenerationSummary } from "@/lib/schemas/generation";
import { GenerationBadges } from "./generation-badges";
import { finishOf, keyOf } from "./generation-facts";

type GenerationTableProps = {
  generations: readonly GenerationSummary[];
  /** The one whose detail is open. */
  openId: string | undefined;
  onOpen: (id: string) => void;
};

export function GenerationTable({ generations, openId, onOpen }: GenerationTableProps) {
  const columns: readonly Column<GenerationSummary>[] = [
    {
      id: "model",
      header: "Model",
      role: "title",
      cell: (generation) => (
        <>
          <button type="button" className={ROW_TARGET_STYLE} onClick={() => onOpen(generation.id)}>
            {generation.modelId}
          </button>{" "}
          <GenerationBadges generation={generation} />
        </>
      ),
    },
    { id: "time", header: "Time", cell: ({ createdAt }) => <LocalTime iso={createdAt} /> },
    { id: "provider", onPhone: false, header: "Provider", from: "md", cell: ({ providerName }) => providerName ?? "–" },
    { id: "app", onPhone: false, header: "App", from: "xl", cell: ({ app }) => <Short>{app ?? "–"}</Short> },
    {
      id: "tokens",
      header: "Tokens in → out",
      align: "end",
      cell: (generation) => <TokensOf generation={generation} />,
    },
    { id: "cost", header: "Cost", align: "end", cell: ({ costUsd }) => <Money usd={costUsd} /> },
    {
      id: "speed",
      onPhone: false,
      header: "Speed",
      align: "end",
      from: "lg",
      cell: ({ tokensPerSecond }) => <Speed tokensPerSecond={tokensPerSecond} />,
    },
    { id: "finish", onPhone: false, header: "Finish", from: "lg", cell: finishOf },
    {
      id: "key",
      onPhone: false,
      header: "Key",
      from: "xl",
      cell: (generation) => <Short>{keyOf(generation)}</Short>,
    },
  ];
  return (
    <DataTable
      label="Your requests, newest first"
      columns={columns}
      rows={generations}
      rowKey={({ id }) => id}
      selectedKey={openId}
    />
  );
}

/** A name that somebody chose, which may be of any length. */
function Short({ children }: { children: string }) {
  return (
    <span title={children} className="block max-w-36 truncate max-sm:max-w-56">
      {children}
    </span>
  );
}

/** What is a part of the two figures stands below them, where there is any. */
function TokensOf({ generation }: { generation: GenerationSummary }) {
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens } = generation;
  const parts = [
    ...(cachedTokens > 0 ? [`${formatCount(cachedTokens)} cached`] : []),
    ...(reasoningTokens > 0 ? [`${formatCount(reasoningTokens)} reasoning`] : []),
  ];
  return (
    <>
      <TokenFlow input={promptTokens} output={completionTokens} />
      {parts.length > 0 && <span className="block text-muted text-xs">{parts.join(", ")}</span>}
    </>
  );
}
