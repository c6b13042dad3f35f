"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import type { CreatedApiKey } from "@/lib/queries/api-keys";
import { ApiKeyForm } from "./api-key-form";
import { NewKeySecret } from "./new-key-secret";

export function CreateKeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [created, setCreated] = useState<CreatedApiKey | null>(null);

  const close = () => {
    setCreated(null);
    onClose();
  };

  return (
    <Dialog
      open={open}
      onClose={close}
      // The key is never shown again, so a stray click must not take it away.
      persistent={created !== null}
      title={created === null ? "Create an API key" : "Your new key"}
    >
      {created === null ? (
        <ApiKeyForm onCreated={setCreated} onCancel={close} />
      ) : (
        <NewKeySecret created={created} onDone={close} />
      )}
    </Dialog>
  );
}
