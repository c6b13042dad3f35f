"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp } from "lucide-react";
import type { ReactNode } from "react";
import { ChargeArithmetic } from "@/components/ledger/charge-arithmetic";
import { iconButtonStyle } from "@/components/ui/button-style";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { LocalTime } from "@/components/ui/local-time";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { generationQuery } from "@/lib/queries/generations";
import type { ChargedGeneration, GenerationSummary } from "@/lib/schemas/generation";
import { GenerationBadges } from "./generation-badges";
import { GenerationClient, GenerationFigures } from "./generation-figures";
import { GenerationWaterfall } from "./generation-waterfall";
import { RouteDetails } from "./route-details";
import { SheetPart } from "./sheet-part";
import { waterfallOf } from "./waterfall";

type GenerationSheetProps = {
  /** `null`: closed. */
  generation: GenerationSummary | null;
  /** All of one, where the page came with it. */
  loaded: ChargedGeneration | null;
  /** Its neighbours in the list. */
  newerId: string | undefined;
  olderId: string | undefined;
  onTurn: (id: string) => void;
  onClose: () => void;
};

/** All that is known of one generation, along the edge of the screen. */
export function GenerationSheet({ generation, loaded, newerId, olderId, onTurn, onClose }: GenerationSheetProps) {
  return (
    <Sheet
      open={generation !== null}
      onClose={onClose}
      title="Generation"
      width="wide"
      actions={
        <>
          <TurnButton label="Newer" id={newerId} onTurn={onTurn}>
            <ChevronUp aria-hidden="true" />
          </TurnButton>
          <TurnButton label="Older" id={olderId} onTurn={onTurn}>
            <ChevronDown aria-hidden="true" />
          </TurnButton>
        </>
      }
    >
      {generation !== null && (
        // Reading starts here, and the arrow keys scroll.
        <div data-initial-focus tabIndex={-1} className="grid grid-cols-[minmax(0,1fr)] gap-8 text-sm outline-none">
          <div className="grid gap-4">
            <div className="grid gap-1">
              <p className="wrap-anywhere">
                <span className="font-medium text-base">{generation.modelId}</span>{" "}
                <GenerationBadges generation={generation} />
              </p>
              <p className="flex flex-wrap items-center gap-x-2 text-dense text-muted">
                <LocalTime iso={generation.createdAt} />
                <code className="wrap-anywhere font-mono text-xs">{generation.id}</code>
                <CopyButton text={generation.id} label="Copy id" variant="quiet" iconOnly />
              </p>
            </div>
            <GenerationFigures generation={generation} />
          </div>
          <Rest id={generation.id} loaded={loaded?.id === generation.id ? loaded : undefined} />
        </div>
      )}
    </Sheet>
  );
}

type TurnButtonProps = { label: string; id: string | undefined; onTurn: (id: string) => void; children: ReactNode };

/** Without a tooltip, which would take the first press of Escape for itself. */
function TurnButton({ label, id, onTurn, children }: TurnButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={id === undefined}
      className={iconButtonStyle("quiet", "small")}
      onClick={() => id !== undefined && onTurn(id)}
    >
      {children}
    </button>
  );
}

/** What a row of the list does not know. */
function Rest({ id, loaded }: { id: string; loaded: ChargedGeneration | undefined }) {
  const query = generationQuery(id);
  const { data, error, refetch, isFetching } = useQuery(
    loaded === undefined ? query : { ...query, initialData: loaded },
  );
  if (data === undefined) {
    return error === null ? (
      <RestSkeleton />
    ) : (
      <ErrorState title="The details could not be loaded" onRetry={() => refetch()} isRetrying={isFetching}>
        {error.message}
      </ErrorState>
    );
  }
  return (
    <>
      <SheetPart title="Time">
        <GenerationWaterfall
          spans={waterfallOf(data)}
          note={data.generationMs === null ? null : data.streamed ? "Streamed" : "Not streamed"}
        />
      </SheetPart>
      <SheetPart title="Cost">
        {data.charge === null ? (
          <p className="text-muted">Nothing was charged: no provider answered.</p>
        ) : (
          <ChargeArithmetic charge={data.charge} />
        )}
      </SheetPart>
      <RouteDetails route={data.route} />
      <SheetPart title="Request">
        <GenerationClient generation={data} />
      </SheetPart>
    </>
  );
}

function RestSkeleton() {
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">Loading the details</span>
      <Skeleton className="h-5 w-24" />
      <Skeleton className="w-full" />
      <Skeleton className="w-5/6" />
      <Skeleton className="mt-6 h-5 w-24" />
      <Skeleton className="h-24 w-full" />
    </div>
  );
}
