"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { CONTROL_STYLE } from "@/components/ui/control-style";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { CreatedApiKey } from "@/lib/queries/api-keys";

export function NewKeySecret({ created, onDone }: { created: CreatedApiKey; onDone: () => void }) {
  const secret = useRef<HTMLTextAreaElement>(null);

  // It takes the place of the form in a dialog that is open already, so the focus must be brought here.
  useEffect(() => secret.current?.focus(), []);

  return (
    <div className="grid gap-5">
      <Notice tone="caution">
        Copy it now and keep it safe: it is shown this once, and only a fingerprint of it is stored here.
      </Notice>
      <Field label={created.data.name}>
        {(control) => (
          <textarea
            {...control}
            readOnly
            ref={secret}
            rows={2}
            spellCheck={false}
            value={created.key}
            className={`${CONTROL_STYLE} field-sizing-content resize-none break-all font-mono`}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Field>
      <div className="flex flex-wrap justify-between gap-2">
        <CopyButton text={created.key} label="Copy key" />
        <Button variant="primary" onClick={onDone}>
          I have saved it
        </Button>
      </div>
    </div>
  );
}
