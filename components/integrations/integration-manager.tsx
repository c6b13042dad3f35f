"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { integrationsQuery } from "@/lib/queries/integrations";
import type { KeyedProvider, ShownCredential } from "@/lib/schemas/provider-credential";
import { IntegrationForm, type NamedApiKey } from "./integration-form";
import { IntegrationTable, nameOf } from "./integration-table";
import { useIntegrationChanges } from "./use-integration-changes";

type IntegrationManagerProps = {
  providers: readonly KeyedProvider[];
  apiKeys: readonly NamedApiKey[];
  /** What the server rendered the page with. */
  initialCredentials: readonly ShownCredential[];
};

/** An account's keys at providers: add, order, test, change, switch off, delete. */
export function IntegrationManager({ providers, apiKeys, initialCredentials }: IntegrationManagerProps) {
  const { data: credentials, error } = useQuery({ ...integrationsQuery, initialData: initialCredentials });
  const { changing, deleting } = useIntegrationChanges();
  const [edited, setEdited] = useState<ShownCredential | "new" | null>(null);
  const [doomed, setDoomed] = useState<ShownCredential | null>(null);
  const [news, setNews] = useState("");
  const isNew = edited === "new";

  const actions = {
    onEdit: setEdited,
    onSwitch: ({ id, disabled }: ShownCredential) => changing.mutate({ id, change: { disabled: !disabled } }),
    onMove: (credential: ShownCredential, place: number) => {
      changing.mutate({ id: credential.id, change: { sort_order: place } });
      setNews(`${nameOf(credential)} is now number ${place + 1} for ${credential.provider_name}.`);
    },
    onDelete: setDoomed,
  };
  const add = (
    <Button variant="primary" onClick={() => setEdited("new")}>
      Add a provider key
    </Button>
  );

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      {error !== null && <Notice tone="danger">The list could not be refreshed: {error.message}</Notice>}
      {credentials.some(({ sandbox }) => sandbox) && (
        <Notice tone="neutral">
          The sandbox is on: it answers in the providers' place, with these keys as with others. The operator switches
          it off with <code className="font-mono">SANDBOX=off</code>.
        </Notice>
      )}
      {credentials.length === 0 ? (
        <EmptyState title="No provider keys yet">
          <p className="max-w-prose text-muted">
            With a key of your own a provider bills you, at your prices and with your limits. Requests use it first, and
            go on with shared credits when it fails, unless you say otherwise.
          </p>
          {add}
        </EmptyState>
      ) : (
        <>
          <div>{add}</div>
          {groupsOf(credentials).map((group) => (
            <section key={group.provider} aria-label={group.name} className="grid grid-cols-[minmax(0,1fr)] gap-2">
              <h2 className="font-semibold text-base">{group.name}</h2>
              <IntegrationTable providerName={group.name} credentials={group.credentials} {...actions} />
            </section>
          ))}
        </>
      )}
      <p aria-live="polite" className="sr-only">
        {news}
      </p>
      <Dialog
        open={edited !== null}
        onClose={() => setEdited(null)}
        title={isNew ? "Add a provider key" : `Edit key for ${edited?.provider_name ?? ""}`}
        description={isNew ? "It is kept encrypted and never shown again." : undefined}
      >
        <IntegrationForm
          key={isNew ? "new" : edited?.id}
          providers={providers}
          apiKeys={apiKeys}
          credential={isNew ? null : edited}
          onSaved={(saved) => {
            setEdited(null);
            toast({ title: isNew ? "Key added" : "Saved", description: `${saved.provider_name} ${saved.label}` });
          }}
          onCancel={() => setEdited(null)}
        />
      </Dialog>
      <ConfirmDialog
        open={doomed !== null}
        onClose={() => setDoomed(null)}
        title="Delete this provider key?"
        description={
          <>
            <strong className="font-medium text-ink">{doomed === null ? "" : nameOf(doomed)}</strong> for{" "}
            {doomed?.provider_name} is used no more, and its secret is deleted here for good. It stays valid at the
            provider until you revoke it there.
          </>
        }
        confirmLabel="Delete key"
        onConfirm={() => {
          if (doomed !== null) deleting.mutate(doomed);
          setDoomed(null);
        }}
      />
    </div>
  );
}

type Group = { provider: string; name: string; credentials: ShownCredential[] };

function groupsOf(credentials: readonly ShownCredential[]): Group[] {
  const groups = new Map<string, Group>();
  for (const credential of credentials) {
    const { provider, provider_name: name } = credential;
    const group = groups.get(provider) ?? { provider, name, credentials: [] };
    group.credentials.push(credential);
    groups.set(provider, group);
  }
  return [...groups.values()].sort((a, b) => a.name.localeCompare(b.name));
}
