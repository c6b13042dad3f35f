"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { apiKeysQuery, type ShownApiKey } from "@/lib/queries/api-keys";
import { ApiKeyTable } from "./api-key-table";
import { CreateKeyDialog } from "./create-key-dialog";
import { RevokeKeyDialog } from "./revoke-key-dialog";

/** @param initialKeys what the server rendered the page with */
export function ApiKeyManager({ initialKeys }: { initialKeys: readonly ShownApiKey[] }) {
  const { data: keys, error } = useQuery({ ...apiKeysQuery(), initialData: initialKeys });
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ShownApiKey | null>(null);

  return (
    <div className="grid gap-6">
      {error !== null && <Notice tone="danger">The list could not be refreshed: {error.message}</Notice>}
      {keys.length === 0 ? (
        <EmptyState title="No keys yet">
          <p className="max-w-prose text-muted">
            A key lets a program use this API as you. Give each program its own, so that you can see what it spends and
            revoke it alone.
          </p>
          <Button variant="primary" onClick={() => setCreating(true)}>
            Create key
          </Button>
        </EmptyState>
      ) : (
        <>
          <div>
            <Button variant="primary" onClick={() => setCreating(true)}>
              Create key
            </Button>
          </div>
          <ApiKeyTable keys={keys} onRevoke={setRevoking} />
        </>
      )}
      <CreateKeyDialog open={isCreating} onClose={() => setCreating(false)} />
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </div>
  );
}
