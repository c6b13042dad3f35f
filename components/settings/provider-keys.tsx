"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { formatDuration } from "@/components/ui/format-duration";
import { Input } from "@/components/ui/input";
import { StatusDot } from "@/components/ui/status-dot";
import { checkProvider } from "@/lib/queries/check-provider";
import type { ProviderSetup } from "@/lib/schemas/provider-setup";

const SHOWN = 8;

/** For administrators: which providers have a key, and whether it works. */
export function ProviderKeys({ providers }: { providers: readonly ProviderSetup[] }) {
  const [query, setQuery] = useState("");
  const words = query.toLowerCase().trim();
  const found = providers.filter(({ name, slug, variable }) =>
    `${name} ${slug} ${variable}`.toLowerCase().includes(words),
  );
  const columns: readonly Column<ProviderSetup>[] = [
    {
      id: "provider",
      header: "Provider",
      role: "title",
      cell: ({ name }) => <span className="font-medium">{name}</span>,
    },
    {
      id: "variable",
      header: "Environment variable",
      cell: ({ variable }) => <code className="font-mono text-xs max-sm:wrap-anywhere">{variable}</code>,
    },
    { id: "state", header: "State", cell: (provider) => <SetupState provider={provider} /> },
    {
      id: "check",
      header: "Check",
      role: "actions",
      cell: (provider) =>
        provider.state === "live" && provider.checkModel !== null ? (
          <CheckButton slug={provider.slug} name={provider.name} model={provider.checkModel} />
        ) : null,
    },
  ];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Input
        type="search"
        aria-label="Find a provider"
        placeholder="Find a provider"
        className="max-w-xs"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {found.length === 0 ? (
        <p className="text-muted">No provider is called that.</p>
      ) : (
        <DataTable
          label="Providers"
          columns={columns}
          rows={found.slice(0, SHOWN)}
          rowKey={({ slug }) => slug}
          sticky={false}
        />
      )}
      {found.length > SHOWN && (
        <p className="text-dense text-muted">{found.length - SHOWN} more can be searched for.</p>
      )}
    </div>
  );
}

function SetupState({ provider: { state, problem } }: { provider: ProviderSetup }) {
  if (problem !== undefined) {
    return (
      <span className="flex items-baseline gap-2">
        <StatusDot status="caution" />
        <span>
          {problem.reason}: {problem.fix}
        </span>
      </span>
    );
  }
  switch (state) {
    case "live":
      return (
        <span className="flex items-baseline gap-2">
          <StatusDot status="clear" />a key is set
        </span>
      );
    case "sandbox":
      return (
        <span className="flex items-baseline gap-2 text-muted">
          <StatusDot status="idle" />
          no key; the sandbox answers
        </span>
      );
    case "missing":
      return (
        <span className="flex items-baseline gap-2 text-muted">
          <StatusDot status="idle" />
          no key
        </span>
      );
  }
}

function CheckButton({ slug, name, model }: { slug: string; name: string; model: string }) {
  const check = useMutation({ mutationFn: checkProvider });
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      <span role="status" className="text-start">
        {check.data !== undefined && (
          <span className="flex items-baseline gap-2">
            <StatusDot status={check.data.works ? "clear" : "stop"} />
            <span className="wrap-anywhere">
              {check.data.message} ({formatDuration(check.data.durationMs)})
            </span>
          </span>
        )}
        {check.error !== null && <span className="text-danger">{check.error.message}</span>}
      </span>
      <Button
        size="small"
        aria-label={`Check ${name}`}
        busy={check.isPending}
        onClick={() => check.mutate({ slug, model })}
      >
        Check
      </Button>
    </span>
  );
}
