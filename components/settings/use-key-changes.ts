"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { apiKeysQuery, deleteApiKey, restoreApiKey, updateApiKey } from "@/lib/queries/api-keys";
import type { ApiKey, ApiKeyKind } from "@/lib/schemas/api-key";

/**
 * What can be done to a key of the list in one click. It is shown as done at once, and taken back with a word where the
 * server refuses.
 */
export function useKeyChanges(kind: ApiKeyKind) {
  const client = useQueryClient();
  const query = apiKeysQuery(kind);

  /** Shows the list as it will be; gives the list as it was. */
  const foresee = async (change: (keys: readonly ApiKey[]) => readonly ApiKey[]) => {
    await client.cancelQueries(query);
    const before = client.getQueryData(query.queryKey);
    if (before !== undefined) client.setQueryData(query.queryKey, change(before));
    return { before };
  };
  const takeBack = (error: Error, context: { before: readonly ApiKey[] | undefined } | undefined) => {
    if (context?.before !== undefined) client.setQueryData(query.queryKey, context.before);
    toast({ title: "That did not work", description: error.message, status: "stop" });
  };
  const reload = () => client.invalidateQueries(query);

  const restoring = useMutation({
    mutationFn: (key: ApiKey) => restoreApiKey(kind, key.hash),
    onSuccess: (_, key) => toast({ title: "The key works again", description: key.name }),
    onError: (error) => takeBack(error, undefined),
    onSettled: reload,
  });
  const switching = useMutation({
    mutationFn: ({ key, disabled }: { key: ApiKey; disabled: boolean }) => updateApiKey(kind, key.hash, { disabled }),
    onMutate: ({ key, disabled }) =>
      foresee((keys) => keys.map((other) => (other.hash === key.hash ? { ...other, disabled } : other))),
    onError: (error, _, context) => takeBack(error, context),
    onSettled: reload,
  });
  const deleting = useMutation({
    mutationFn: (key: ApiKey) => deleteApiKey(kind, key.hash),
    onMutate: (key) => foresee((keys) => keys.filter((other) => other.hash !== key.hash)),
    onSuccess: (_, key) =>
      toast({
        title: "Key deleted",
        description: key.name,
        action: { label: "Undo", onClick: () => restoring.mutate(key) },
      }),
    onError: (error, _, context) => takeBack(error, context),
    onSettled: reload,
  });
  return { switching, deleting };
}
