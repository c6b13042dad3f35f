"use client";

import { ArrowLeft, Check, Minus, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Combobox } from "@/components/ui/combobox";
import { CopyButton } from "@/components/ui/copy-button";
import { Duration, Speed } from "@/components/ui/duration";
import { IconButton } from "@/components/ui/icon-button";
import { LocalTime } from "@/components/ui/local-time";
import { Tokens } from "@/components/ui/tokens";
import type { ListedModel } from "@/lib/schemas/listed-model";
import type { Names } from "./filter-labels";
import { ModalityIcons } from "./modality-icons";
import { ModelBadges } from "./model-badges";
import { CompletionPrice, PromptPrice } from "./model-price";
import { MAX_COMPARED } from "./models-view";

type CompareViewProps = {
  all: readonly ListedModel[];
  models: readonly ListedModel[];
  /** Ids that nothing is known by any more. */
  unknown: readonly string[];
  providerNames: Names;
  onChange: (ids: string[]) => void;
  onBack: () => void;
};

/** Up to four models side by side; on a phone each fact is followed by what it is of each model. */
export function CompareView({ all, models, unknown, providerNames, onChange, onBack }: CompareViewProps) {
  const ids = models.map(({ id }) => id);
  const parameters = [...new Set(models.flatMap(({ supportedParameters }) => supportedParameters))].sort();
  return (
    <section aria-labelledby="compared" className="@container">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 id="compared" className="font-semibold text-lg">
          Side by side
        </h2>
        <div className="flex flex-wrap items-center gap-2">
          {models.length < MAX_COMPARED && (
            <div className="w-56">
              <Combobox
                label="Add a model"
                placeholder="Add a model"
                value={[]}
                options={all
                  .filter(({ id }) => !ids.includes(id))
                  .map(({ id, name }) => ({ value: id, label: name, keywords: [id] }))}
                onChange={(added) => onChange([...ids, ...added])}
              />
            </div>
          )}
          <Button onClick={onBack}>
            <ArrowLeft aria-hidden="true" />
            All models
          </Button>
        </div>
      </div>
      {unknown.length > 0 && (
        <p className="mb-3 text-dense text-muted">
          Not in the catalog: <span className="font-mono">{unknown.join(", ")}</span>
        </p>
      )}
      <table className="w-full table-fixed border-collapse text-dense max-sm:block">
        <caption className="sr-only">{models.map(({ name }) => name).join(" and ")} compared</caption>
        <thead className="max-sm:block">
          <tr className="max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4">
            <td className="w-44 border-b max-sm:hidden" />
            {models.map((model) => (
              <th key={model.id} scope="col" className="border-b py-2 pe-4 text-start align-top font-normal last:pe-0">
                <span className="flex items-start justify-between gap-1">
                  <Link
                    href={`/${model.id}`}
                    prefetch={false}
                    className="wrap-anywhere font-medium text-sm hover:underline"
                  >
                    {model.name}
                  </Link>
                  <IconButton
                    label={`Take ${model.name} out`}
                    size="small"
                    className="-mt-1"
                    onClick={() => onChange(ids.filter((id) => id !== model.id))}
                  >
                    <X aria-hidden="true" />
                  </IconButton>
                </span>
                <span className="flex items-start">
                  <span className="wrap-anywhere py-1.5 font-mono text-muted text-xs">{model.id}</span>
                  <CopyButton text={model.id} label={`Copy ${model.id}`} variant="quiet" iconOnly />
                </span>
                <span className="flex flex-wrap gap-1">
                  <ModelBadges model={model} />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          <Row name="Input" models={models} best="lowest" figure={({ promptPrice }) => promptPrice}>
            {(model) => <PromptPrice model={model} />}
          </Row>
          <Row name="Output" models={models} best="lowest" figure={outputFigure}>
            {(model) => <CompletionPrice model={model} />}
          </Row>
          <Row name="Context" models={models} best="largest" figure={({ contextTokens }) => contextTokens}>
            {({ contextTokens }) => (
              <>
                <Tokens count={contextTokens} /> tokens
              </>
            )}
          </Row>
          <Row name="Longest answer" models={models} best="largest" figure={({ maxOutputTokens }) => maxOutputTokens}>
            {({ maxOutputTokens }) =>
              maxOutputTokens === undefined ? (
                <span className="text-muted">not known</span>
              ) : (
                <>
                  <Tokens count={maxOutputTokens} /> tokens
                </>
              )
            }
          </Row>
          <Row name="Latency, p50" models={models} best="lowest" figure={({ latencyMs }) => latencyMs}>
            {({ latencyMs }) => (latencyMs === undefined ? <NotMeasured /> : <Duration ms={latencyMs} />)}
          </Row>
          <Row name="Throughput, p50" models={models} best="largest" figure={({ throughput }) => throughput}>
            {({ throughput }) => (throughput === undefined ? <NotMeasured /> : <Speed tokensPerSecond={throughput} />)}
          </Row>
          <Row name="Reads and writes" models={models}>
            {({ inputModalities, outputModalities }) => (
              <ModalityIcons inputs={inputModalities} outputs={outputModalities} />
            )}
          </Row>
          <Row name="Providers" models={models}>
            {({ providers }) =>
              providers.length === 0 ? (
                <span className="text-muted">none</span>
              ) : (
                providers.map((slug) => providerNames.get(slug) ?? slug).join(", ")
              )
            }
          </Row>
          <Row name="Zero data retention" models={models}>
            {({ zdr }) => <YesOrNo is={zdr} />}
          </Row>
          <Row name="Distillable" models={models}>
            {({ distillable }) => <YesOrNo is={distillable} />}
          </Row>
          <Row name="Created" models={models}>
            {({ createdSeconds }) => <LocalTime iso={new Date(createdSeconds * 1_000).toISOString()} precision="day" />}
          </Row>
          {parameters.map((parameter) => (
            <Row key={parameter} name={<span className="font-mono text-xs">{parameter}</span>} models={models}>
              {({ supportedParameters }) => <YesOrNo is={supportedParameters.includes(parameter)} />}
            </Row>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type RowProps = {
  name: ReactNode;
  models: readonly ListedModel[];
  /** Which figure is the better one; the best is marked when they differ. */
  best?: "lowest" | "largest";
  figure?: (model: ListedModel) => number | undefined;
  children: (model: ListedModel) => ReactNode;
};

function Row({ name, models, best, figure, children }: RowProps) {
  const figures = figure === undefined ? [] : models.flatMap((model) => figure(model) ?? []);
  const top = best === "lowest" ? Math.min(...figures) : Math.max(...figures);
  const differs = new Set(figures).size > 1;
  return (
    <tr className="border-b max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:py-1.5">
      <th
        scope="row"
        className="py-1.5 pe-4 text-start align-top font-normal text-muted max-sm:col-span-full max-sm:py-0 max-sm:text-xs"
      >
        {name}
      </th>
      {models.map((model) => {
        const isBest = differs && figure?.(model) === top;
        return (
          <td
            key={model.id}
            data-label={model.name}
            className={cn(
              "wrap-anywhere py-1.5 pe-4 align-top last:pe-0 max-sm:py-0.5",
              // Two stand below their names; of more, each says whose it is.
              models.length > 2 &&
                "max-sm:before:block max-sm:before:truncate max-sm:before:text-micro max-sm:before:text-muted max-sm:before:content-[attr(data-label)]",
            )}
          >
            <span className={isBest ? "font-semibold text-signal" : undefined}>{children(model)}</span>
            {isBest && <span className="text-muted text-xs"> {best}</span>}
          </td>
        );
      })}
    </tr>
  );
}

/** An embedding has no price of answers that could be the lowest. */
function outputFigure({ promptPrice, completionPrice }: ListedModel): number | undefined {
  return completionPrice === 0 && promptPrice !== 0 ? undefined : completionPrice;
}

function NotMeasured() {
  return <span className="text-muted">not measured</span>;
}

function YesOrNo({ is }: { is: boolean }) {
  return is ? (
    <span className="inline-flex items-center gap-1">
      <Check aria-hidden="true" className="text-signal" />
      yes
    </span>
  ) : (
    <span className="inline-flex items-center gap-1 text-muted">
      <Minus aria-hidden="true" />
      no
    </span>
  );
}
