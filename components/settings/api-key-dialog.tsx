"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { CreatedApiKey } from "@/lib/queries/api-keys";
import type { ApiKey, ApiKeyKind } from "@/lib/schemas/api-key";
import { ApiKeyForm } from "./api-key-form";
import { NewKeySecret } from "./new-key-secret";

type ApiKeyDialogProps = {
  kind: ApiKeyKind;
  /** What is done: a new key, one to change, or nothing. */
  subject: ApiKey | "new" | null;
  onClose: () => void;
};

const TITLES = { inference: "Create an API key", provisioning: "Create a provisioning key" } as const;

/** Makes a key and shows it, once; or changes one. */
export function ApiKeyDialog({ kind, subject, onClose }: ApiKeyDialogProps) {
  const [created, setCreated] = useState<CreatedApiKey | null>(null);
  const apiKey = subject === "new" ? null : subject;

  const close = () => {
    setCreated(null);
    onClose();
  };

  return (
    <Dialog
      open={subject !== null}
      onClose={close}
      // The key is never shown again, so a stray click must not take it away.
      persistent={created !== null}
      title={created !== null ? "Your new key" : apiKey === null ? TITLES[kind] : "Edit key"}
    >
      {created !== null ? (
        <NewKeySecret created={created} onDone={close} />
      ) : (
        <ApiKeyForm
          kind={kind}
          apiKey={apiKey}
          onCreated={setCreated}
          onChanged={({ name }) => {
            close();
            toast({ title: "Saved", description: name });
          }}
          onCancel={close}
        />
      )}
    </Dialog>
  );
}
