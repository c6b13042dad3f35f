"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { apiKeysQuery, revokeApiKey, type ShownApiKey } from "@/lib/queries/api-keys";

/** @param apiKey `null` while nothing is being asked */
export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ShownApiKey | null; onClose: () => void }) {
  const client = useQueryClient();
  const revocation = useMutation({
    mutationFn: revokeApiKey,
    onSuccess: async () => {
      await client.invalidateQueries(apiKeysQuery());
      onClose();
    },
  });

  const close = () => {
    revocation.reset();
    onClose();
  };

  return (
    <ConfirmDialog
      open={apiKey !== null}
      onClose={close}
      title="Revoke this key?"
      description={
        <>
          <strong className="font-medium text-ink">{apiKey?.name}</strong> ({apiKey?.label}) stops working at once, for
          good. What it has spent stays in your activity.
        </>
      }
      confirmLabel="Revoke key"
      isBusy={revocation.isPending}
      error={revocation.error?.message}
      onConfirm={() => apiKey !== null && revocation.mutate(apiKey.hash)}
    />
  );
}
