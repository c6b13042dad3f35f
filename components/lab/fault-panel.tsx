"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { type Column, DataTable, ROW_TARGET_STYLE } from "@/components/ui/data-table";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { StatusDot } from "@/components/ui/status-dot";
import { faultBoardQuery, turnFaults } from "@/lib/queries/lab";
import type { LabProvider } from "@/lib/schemas/lab";
import type { FaultMap } from "@/lib/schemas/provider-faults";
import { describeFaults } from "./describe-faults";
import { FaultControls } from "./fault-controls";
import { presetsFor } from "./presets";

const TURNING = ["lab-faults"];

type FaultPanelProps = { providers: readonly LabProvider[]; initialBoard: FaultMap };
type Row = { slug: string; name: string; text: string };

/** What the sandbox does wrong, provider by provider. What is turned holds for every process at once. */
export function FaultPanel({ providers, initialBoard }: FaultPanelProps) {
  const client = useQueryClient();
  const { queryKey } = faultBoardQuery();
  const { data: board, error } = useQuery({ ...faultBoardQuery(), initialData: initialBoard });
  const nameOf = new Map(providers.map(({ slug, name }) => [slug, name]));
  const [slug, setSlug] = useState(() => Object.keys(initialBoard)[0] ?? providers[0]?.slug ?? "");
  const chosen = providers.find((provider) => provider.slug === slug);

  const { mutate, error: refusal } = useMutation({
    mutationKey: TURNING,
    mutationFn: turnFaults,
    // One after the other: the last that was turned is the one that stays.
    scope: { id: "lab-faults" },
    onMutate: async ({ faults, replace }) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (before) => withoutHealthy(replace ? faults : { ...before, ...faults }));
    },
    // What the server has between two turns would undo the second on the page.
    onSettled: () =>
      client.isMutating({ mutationKey: TURNING }) === 1 ? client.invalidateQueries({ queryKey }) : null,
  });

  const disturbed: Row[] = Object.entries(board).map(([key, faults]) => ({
    slug: key,
    name: nameOf.get(key) ?? key,
    text: describeFaults(faults),
  }));
  const columns: readonly Column<Row>[] = [
    {
      id: "provider",
      header: "Provider",
      role: "title",
      cell: (row) => (
        <button type="button" className={ROW_TARGET_STYLE} onClick={() => setSlug(row.slug)}>
          {row.name}
        </button>
      ),
    },
    { id: "faults", header: "Turned wrong", cell: ({ text }) => text },
    {
      id: "heal",
      header: "Heal",
      role: "actions",
      cell: (row) => (
        <IconButton
          label={`Heal ${row.name}`}
          size="small"
          className="relative -my-1"
          onClick={() => mutate({ faults: { [row.slug]: {} }, replace: false })}
        >
          <RotateCcw aria-hidden="true" />
        </IconButton>
      ),
    },
  ];

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-wrap gap-2">
        {presetsFor(providers, chosen).map(({ label, hint, faults }) => (
          <Button key={label} size="small" title={hint} onClick={() => mutate({ faults, replace: true })}>
            {label}
          </Button>
        ))}
        <Button
          size="small"
          variant="danger"
          disabled={disturbed.length === 0}
          onClick={() => mutate({ faults: {}, replace: true })}
        >
          Reset all
        </Button>
      </div>
      {(refusal ?? error) !== null && (
        <Notice tone="danger">The faults could not be turned: {(refusal ?? error)?.message}</Notice>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-5">
          <Field label="Provider" hint={`${providers.length} are played by the sandbox.`}>
            {(control) => (
              <Combobox
                label="Provider"
                control={control}
                value={[slug]}
                onChange={([next]) => setSlug(next ?? slug)}
                options={providers.map((provider) => ({
                  value: provider.slug,
                  label: provider.name,
                  keywords: [provider.slug],
                  detail: board[provider.slug] === undefined ? `${provider.endpoints} endpoints` : "disturbed",
                }))}
              />
            )}
          </Field>
          <FaultControls
            key={slug}
            faults={board[slug]}
            onTurn={(faults) => mutate({ faults: { [slug]: faults }, replace: false })}
          />
        </div>
        <section aria-labelledby="disturbed-title">
          <h3 id="disturbed-title" className="mb-2 flex items-center gap-2 font-semibold text-sm">
            <StatusDot status={disturbed.length === 0 ? "clear" : "caution"} />
            <span role="status">
              {disturbed.length === 0
                ? "Every provider is healthy"
                : `${disturbed.length} of ${providers.length} are disturbed`}
            </span>
          </h3>
          {disturbed.length === 0 ? (
            <p className="border-t pt-3 text-dense text-muted">
              Turn something on the left, or take a preset: what is wrong with whom is listed here.
            </p>
          ) : (
            <div className="max-h-96 overflow-y-auto">
              <DataTable
                label="Providers that are disturbed"
                columns={columns}
                rows={disturbed}
                rowKey={(row) => row.slug}
                selectedKey={slug}
                sticky={false}
              />
            </div>
          )}
        </section>
      </div>
    </div>
  );
}

function withoutHealthy(board: FaultMap): FaultMap {
  return Object.fromEntries(Object.entries(board).filter(([, faults]) => Object.keys(faults).length > 0));
}
