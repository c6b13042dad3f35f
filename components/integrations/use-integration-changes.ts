"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { deleteIntegration, integrationsQuery, updateIntegration } from "@/lib/queries/integrations";
import type { ShownCredential, UpdateCredentialRequest } from "@/lib/schemas/provider-credential";
import { movedCredentials } from "./moved-credentials";

type Before = { before: readonly ShownCredential[] | undefined };

/**
 * What can be done to a provider key of the list in one click. It is shown as done at once, and taken back with a word
 * where the server refuses.
 */
export function useIntegrationChanges() {
  const client = useQueryClient();

  /** Shows the list as it will be; gives the list as it was. */
  const foresee = async (change: (all: readonly ShownCredential[]) => readonly ShownCredential[]): Promise<Before> => {
    await client.cancelQueries(integrationsQuery);
    const before = client.getQueryData(integrationsQuery.queryKey);
    if (before !== undefined) client.setQueryData(integrationsQuery.queryKey, change(before));
    return { before };
  };
  const takeBack = (error: Error, context: Before | undefined) => {
    if (context?.before !== undefined) client.setQueryData(integrationsQuery.queryKey, context.before);
    toast({ title: "That did not work", description: error.message, status: "stop" });
  };
  const reload = () => client.invalidateQueries(integrationsQuery);

  const changing = useMutation({
    mutationFn: ({ id, change }: { id: string; change: UpdateCredentialRequest }) => updateIntegration(id, change),
    onMutate: ({ id, change }) =>
      foresee((all) => {
        const { disabled, sort_order } = change;
        const shown = all.map((one) => (one.id === id && disabled !== undefined ? { ...one, disabled } : one));
        return sort_order === undefined ? shown : movedCredentials(shown, id, sort_order);
      }),
    onError: (error, _, context) => takeBack(error, context),
    onSettled: reload,
  });
  const deleting = useMutation({
    mutationFn: ({ id }: ShownCredential) => deleteIntegration(id),
    onMutate: ({ id }) => foresee((all) => all.filter((one) => one.id !== id)),
    onSuccess: (_, { provider_name, label }) =>
      toast({ title: "Key deleted", description: `${provider_name} ${label}` }),
    onError: (error, _, context) => takeBack(error, context),
    onSettled: reload,
  });
  return { changing, deleting };
}
