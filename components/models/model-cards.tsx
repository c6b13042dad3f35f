"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { ROW_TARGET_STYLE } from "@/components/ui/data-table";
import { LinkPending } from "@/components/ui/link-pending";
import { Tokens } from "@/components/ui/tokens";
import type { ListedModel } from "@/lib/schemas/listed-model";
import { ModalityIcons } from "./modality-icons";
import { ModelBadges } from "./model-badges";
import { CompletionPrice, PromptPrice } from "./model-price";
import { MAX_COMPARED } from "./models-view";

type ModelCardsProps = {
  models: readonly ListedModel[];
  picked: readonly string[];
  onPick: (id: string) => void;
};

/** The list for reading rather than for figures. */
export function ModelCards({ models, picked, onPick }: ModelCardsProps) {
  return (
    <ul aria-label="Models" className="grid gap-x-8 border-t sm:grid-cols-2 2xl:grid-cols-3">
      {models.map((model) => (
        <li key={model.id} className="relative flex flex-col gap-1.5 border-b py-4 hover:bg-hover/55">
          <div className="flex items-start justify-between gap-3">
            <h2 className="wrap-anywhere min-w-0 text-sm">
              <Link href={`/${model.id}`} prefetch={false} className={ROW_TARGET_STYLE}>
                {model.name}
                <LinkPending />
              </Link>
            </h2>
            <Checkbox
              className="relative shrink-0 py-0 text-dense text-muted"
              checked={picked.includes(model.id)}
              disabled={!picked.includes(model.id) && picked.length >= MAX_COMPARED}
              onChange={() => onPick(model.id)}
            >
              Compare<span className="sr-only"> {model.name}</span>
            </Checkbox>
          </div>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="wrap-anywhere font-mono text-muted text-xs">{model.id}</span>
            <ModalityIcons inputs={model.inputModalities} outputs={model.outputModalities} />
            <ModelBadges model={model} />
          </p>
          {model.description !== "" && <p className="line-clamp-3 max-w-prose text-dense">{model.description}</p>}
          <dl className="mt-auto flex flex-wrap gap-x-5 gap-y-0.5 pt-1 text-dense">
            <Fact name="Context">
              <Tokens count={model.contextTokens} /> tokens
            </Fact>
            <Fact name="Input">
              <PromptPrice model={model} />
            </Fact>
            <Fact name="Output">
              <CompletionPrice model={model} />
            </Fact>
            <Fact name="Providers">{model.providers.length}</Fact>
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
