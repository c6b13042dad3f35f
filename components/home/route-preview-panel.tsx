"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Shuffle } from "lucide-react";
import { useState } from "react";
import { MovingRows } from "@/components/track-diagram/moving-rows";
import { TrackDiagram } from "@/components/track-diagram/track-diagram";
import { trackOfPlan } from "@/components/track-diagram/track-of-plan";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { TextLink } from "@/components/ui/text-link";
import { TextareaField } from "@/components/ui/textarea-field";
import { usePaused } from "@/components/ui/use-paused";
import { routePreviewQuery } from "@/lib/queries/route-preview";
import { dryRunHref } from "@/lib/schemas/dry-run-address";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import {
  PREVIEW_OUTPUT_TOKENS,
  PREVIEW_SORTS,
  previewBody,
  type RoutePreviewRequest,
} from "@/lib/schemas/route-preview";

const SORT_NAMES = {
  balance: "By price, drawn by lot",
  price: "The cheapest first",
  throughput: "The fastest first",
  latency: "The quickest first token",
} as const satisfies Record<RoutePreviewRequest["sort"], string>;

/** So long a reader must stop typing before the server is asked again. */
const TYPING_PAUSE_MS = 350;

type RoutePreviewPanelProps = {
  models: readonly { id: string; name: string; endpoints: number }[];
  /** What the server drew the page with. */
  initialRequest: RoutePreviewRequest;
  initialPlan: PublicPlan;
};

/** The reader's own prompt on the tracks of this installation: a plan, without sending anything to anybody. */
export function RoutePreviewPanel({ models, initialRequest, initialPlan }: RoutePreviewPanelProps) {
  const [request, setRequest] = useState(initialRequest);
  const asked = usePaused(request, TYPING_PAUSE_MS);
  const { data, error, isFetching, refetch } = useQuery({
    ...routePreviewQuery(asked),
    placeholderData: keepPreviousData,
    ...(asked === initialRequest ? { initialData: initialPlan } : {}),
  });
  const change = (changes: Partial<RoutePreviewRequest>) => setRequest((current) => ({ ...current, ...changes }));

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <form className="grid gap-4" onSubmit={(event) => event.preventDefault()}>
        <TextareaField
          label="Your prompt"
          rows={2}
          maxLength={20_000}
          value={request.prompt}
          onChange={(event) => change({ prompt: event.target.value })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField label="Model" value={request.model} onChange={(event) => change({ model: event.target.value })}>
            {models.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField
            label="Order of providers"
            value={request.sort}
            onChange={(event) =>
              change({ sort: PREVIEW_SORTS.find((sort) => sort === event.target.value) ?? "balance" })
            }
          >
            {PREVIEW_SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {SORT_NAMES[sort]}
              </option>
            ))}
          </SelectField>
        </div>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
          <Checkbox
            checked={request.denyDataCollection}
            onChange={(event) => change({ denyDataCollection: event.target.checked })}
          >
            Nobody may keep the prompt
          </Checkbox>
          <Checkbox checked={request.withTools} onChange={(event) => change({ withTools: event.target.checked })}>
            With a tool
          </Checkbox>
          <Button size="small" variant="quiet" className="ms-auto" busy={isFetching} onClick={() => refetch()}>
            {!isFetching && <Shuffle aria-hidden="true" />}
            Draw again
          </Button>
        </div>
      </form>
      <div aria-live="polite" className="grid gap-4 border-t pt-4">
        {error !== null && <Notice tone="danger">{error.message}</Notice>}
        {error === null && data !== undefined && <Preview plan={data} href={dryRunHref(previewBody(asked))} />}
      </div>
    </div>
  );
}

function Preview({ plan, href }: { plan: PublicPlan; href: string | undefined }) {
  const { estimated_cost: cost, error } = plan;
  return (
    <>
      {error !== undefined && <Notice tone="caution">{error.message}</Notice>}
      <MovingRows>
        <TrackDiagram track={trackOfPlan(plan)} animated />
      </MovingRows>
      {cost.max !== null && (
        <p className="text-dense text-muted">
          An answer of {PREVIEW_OUTPUT_TOKENS} tokens would cost{" "}
          <span className="text-ink">
            <Money usd={cost.max} />
          </span>{" "}
          at most. Nothing was sent to anybody. {href !== undefined && <TextLink href={href}>Plan more of it</TextLink>}
        </p>
      )}
    </>
  );
}
