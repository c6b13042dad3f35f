"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Notice } from "@/components/ui/notice";
import { apiKeysQuery, createApiKey } from "@/lib/queries/api-keys";
import { NewKeySecret } from "./new-key-secret";

type FirstKeyProps = {
  /** A call that works once `$KEY` is replaced. */
  sample: string;
};

/** A first key in one step: without a limit, which can be given to it later. */
export function FirstKey({ sample }: FirstKeyProps) {
  const router = useRouter();
  const client = useQueryClient();
  const creation = useMutation({
    mutationFn: () => createApiKey({ name: "My first key" }),
    onSuccess: () => client.invalidateQueries(apiKeysQuery()),
  });
  if (creation.data === undefined) {
    return (
      <div className="grid justify-items-start gap-4">
        {creation.error !== null && <Notice tone="danger">{creation.error.message}</Notice>}
        <Button variant="primary" busy={creation.isPending} onClick={() => creation.mutate()}>
          Create a key
        </Button>
      </div>
    );
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <NewKeySecret created={creation.data} onDone={() => router.refresh()} />
      <CodeBlock label="Try it" language="shell" code={sample.replace("$KEY", creation.data.key)} />
    </div>
  );
}
