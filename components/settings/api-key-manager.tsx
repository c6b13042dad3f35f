"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { useOpenInAddress } from "@/components/ui/use-open-in-address";
import { apiKeysQuery, MAX_SHOWN_KEYS } from "@/lib/queries/api-keys";
import type { ApiKey, ApiKeyKind } from "@/lib/schemas/api-key";
import { ApiKeyDialog } from "./api-key-dialog";
import { ApiKeySheet } from "./api-key-sheet";
import { ApiKeyTable } from "./api-key-table";
import { useKeyChanges } from "./use-key-changes";

const EMPTY = {
  inference: {
    title: "No keys yet",
    text: "A key lets a program use this API as you. Give each program its own, so that you can see what it spends and stop it alone.",
  },
  provisioning: {
    title: "No provisioning keys yet",
    text: "With a provisioning key a program makes, changes and deletes API keys, and changes your settings. It answers no requests.",
  },
} as const satisfies Record<ApiKeyKind, { title: string; text: string }>;

type ApiKeyManagerProps = {
  kind: ApiKeyKind;
  /** What the server rendered the page with. */
  initialKeys: readonly ApiKey[];
};

export function ApiKeyManager({ kind, initialKeys }: ApiKeyManagerProps) {
  const { data: keys, error } = useQuery({ ...apiKeysQuery(kind), initialData: initialKeys });
  const { openId, show, close } = useOpenInAddress("key");
  const { switching, deleting } = useKeyChanges(kind);
  const [edited, setEdited] = useState<ApiKey | "new" | null>(null);
  const [doomed, setDoomed] = useState<ApiKey | null>(null);
  const opened = keys.find(({ hash }) => hash === openId) ?? null;

  const actions = {
    onEdit: setEdited,
    onSwitch: (key: ApiKey) => switching.mutate({ key, disabled: !key.disabled }),
    onDelete: setDoomed,
  };
  const create = (
    <Button variant="primary" onClick={() => setEdited("new")}>
      Create key
    </Button>
  );

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      {error !== null && <Notice tone="danger">The list could not be refreshed: {error.message}</Notice>}
      {keys.length === 0 ? (
        <EmptyState title={EMPTY[kind].title}>
          <p className="max-w-prose text-muted">{EMPTY[kind].text}</p>
          {create}
        </EmptyState>
      ) : (
        <>
          <div>{create}</div>
          <ApiKeyTable kind={kind} keys={keys} openHash={opened?.hash} onOpen={({ hash }) => show(hash)} {...actions} />
          {keys.length >= MAX_SHOWN_KEYS && (
            <p className="text-dense text-muted">
              These are the newest {MAX_SHOWN_KEYS} keys; <code className="font-mono">GET /api/v1/keys</code> lists all.
            </p>
          )}
        </>
      )}
      <ApiKeySheet kind={kind} apiKey={opened} onClose={close} {...actions} />
      <ApiKeyDialog kind={kind} subject={edited} onClose={() => setEdited(null)} />
      <ConfirmDialog
        open={doomed !== null}
        onClose={() => setDoomed(null)}
        title="Delete this key?"
        description={
          <>
            <strong className="font-medium text-ink">{doomed?.name}</strong> ({doomed?.label}) stops working at once.
            What it has spent stays in your activity.
          </>
        }
        confirmLabel="Delete key"
        onConfirm={() => {
          if (doomed !== null) deleting.mutate(doomed);
          if (doomed?.hash === openId) close();
          setDoomed(null);
        }}
      />
    </div>
  );
}
