"use client";

import { useQuery } from "@tanstack/react-query";
import { useCommandState } from "cmdk";
import { useEffect, useState } from "react";
import { formatCount } from "@/components/ui/format-count";
import { formatUsd } from "@/components/ui/format-usd";
import { KeyValue, KeyValues } from "@/components/ui/key-values";
import { modelDescriptionQuery } from "@/lib/queries/model-description";
import type { ChatModel } from "@/lib/schemas/chat-model";

/** Whoever runs through the list with an arrow key wants to read none of them. */
const REST_MS = 200;

/** What there is to know of the model that would be chosen now. */
export function ModelDescription({ models }: { models: readonly ChatModel[] }) {
  const activeId = useCommandState(({ value }) => value);
  const active = models.find(({ id }) => id === activeId);
  return active === undefined ? null : <Description model={active} />;
}

function Description({ model }: { model: ChatModel }) {
  const [restedOn, setRestedOn] = useState(model.id);
  useEffect(() => {
    const timer = setTimeout(() => setRestedOn(model.id), REST_MS);
    return () => clearTimeout(timer);
  }, [model.id]);
  const { data } = useQuery(modelDescriptionQuery(restedOn));
  const price = (usd: number) => (usd < 0 ? "varies" : usd === 0 ? "free" : formatUsd(usd));
  return (
    <section
      aria-label={`About ${model.name}`}
      className="h-[min(26rem,45dvh)] w-72 shrink-0 overflow-y-auto border-s ps-6 text-sm"
    >
      <h3 className="font-semibold">{model.name}</h3>
      <div className="mt-2 border-t">
        <KeyValues>
          <KeyValue name="Context">{formatCount(model.contextTokens)} tokens</KeyValue>
          {model.maxOutputTokens !== undefined && (
            <KeyValue name="Answer">{formatCount(model.maxOutputTokens)} tokens</KeyValue>
          )}
          <KeyValue name="In, per million">{price(model.promptPrice)}</KeyValue>
          <KeyValue name="Out, per million">{price(model.completionPrice)}</KeyValue>
          <KeyValue name="Takes">{["text", ...model.inputs].join(", ")}</KeyValue>
          <KeyValue name="Gives">{model.outputs.join(", ")}</KeyValue>
        </KeyValues>
      </div>
      {restedOn === model.id && data !== undefined && data !== "" && <p className="mt-3 text-muted">{data}</p>}
      <p className="mt-3">
        <a href={`/${model.id}`} target="_blank" rel="noreferrer" className="underline underline-offset-4">
          All about it
          <span className="sr-only"> (opens in a new tab)</span>
        </a>
      </p>
    </section>
  );
}
