"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
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
    <Dialog
      open={apiKey !== null}
      onClose={close}
      title="Revoke this key?"
      description={
        <>
          <strong className="font-medium text-ink">{apiKey?.name}</strong> ({apiKey?.label}) stops working at once, for
          good. What it has spent stays in your activity.
        </>
      }
    >
      <div className="grid gap-5">
        {revocation.error !== null && <Notice tone="danger">{revocation.error.message}</Notice>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="quiet" data-initial-focus onClick={close}>
            Keep it
          </Button>
          <Button
            variant="danger"
            busy={revocation.isPending}
            onClick={() => apiKey !== null && revocation.mutate(apiKey.hash)}
          >
            Revoke key
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
