"use client";

import { cn } from "@/components/ui/cn";
import { formatUsd } from "@/components/ui/format-usd";
import { LocalTime } from "@/components/ui/local-time";
import { CELL_STYLE, HEAD_CELL_STYLE } from "@/components/ui/table-style";
import type { GenerationSummary } from "@/lib/schemas/generation";
import { GenerationBadges } from "./generation-badges";
import { finishOf, speedOf, tokensOf } from "./generation-facts";

type GenerationTableProps = {
  generations: readonly GenerationSummary[];
  onOpen: (generation: GenerationSummary) => void;
};

export function GenerationTable({ generations, onOpen }: GenerationTableProps) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Your generations, newest first</caption>
      <thead>
        <tr className="border-b">
          <th scope="col" className={cn(HEAD_CELL_STYLE, "hidden sm:table-cell")}>
            Time
          </th>
          <th scope="col" className={HEAD_CELL_STYLE}>
            Model
          </th>
          <th scope="col" className={cn(HEAD_CELL_STYLE, "hidden md:table-cell")}>
            Provider
          </th>
          <th scope="col" className={cn(HEAD_CELL_STYLE, "hidden text-end lg:table-cell")}>
            Tokens in → out
          </th>
          <th scope="col" className={cn(HEAD_CELL_STYLE, "text-end max-md:pe-0")}>
            Cost
          </th>
          <th scope="col" className={cn(HEAD_CELL_STYLE, "hidden text-end lg:table-cell")}>
            Speed
          </th>
          <th scope="col" className={cn(HEAD_CELL_STYLE, "hidden md:table-cell")}>
            Finish
          </th>
        </tr>
      </thead>
      <tbody>
        {generations.map((generation) => (
          // The button in the model's cell covers the row, so that the row is one target for the pointer too.
          <tr key={generation.id} className="relative border-b hover:bg-sunken">
            <td className={cn(CELL_STYLE, "hidden text-muted sm:table-cell")}>
              <LocalTime iso={generation.createdAt} />
            </td>
            <td className={cn(CELL_STYLE, "wrap-anywhere")}>
              <button
                type="button"
                className="text-start font-medium after:absolute after:inset-0"
                onClick={() => onOpen(generation)}
              >
                {generation.modelId}
              </button>{" "}
              <GenerationBadges generation={generation} />
              <span className="mt-0.5 block text-muted sm:hidden">
                <LocalTime iso={generation.createdAt} />
              </span>
              <span className="block text-muted lg:hidden">
                <span className="md:hidden">{generation.providerName ?? "no provider"} · </span>
                {tokensOf(generation)} tokens
                <span className="md:hidden"> · {finishOf(generation)}</span>
              </span>
            </td>
            <td className={cn(CELL_STYLE, "hidden md:table-cell")}>{generation.providerName ?? "–"}</td>
            <td className={cn(CELL_STYLE, "hidden whitespace-nowrap text-end lg:table-cell")}>
              {tokensOf(generation)}
            </td>
            <td className={cn(CELL_STYLE, "whitespace-nowrap text-end max-md:pe-0")} title={`$${generation.costUsd}`}>
              {formatUsd(generation.costUsd)}
            </td>
            <td className={cn(CELL_STYLE, "hidden whitespace-nowrap text-end lg:table-cell")}>{speedOf(generation)}</td>
            <td className={cn(CELL_STYLE, "hidden md:table-cell")}>{finishOf(generation)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
