import { PLUGINS } from "@/lib/plugins/registry";
import type { Plugin, PluginContext } from "@/lib/plugins/types";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { checkPluginConfig } from "./check-plugin-config";
import { abortSignalOf, type ClientSignal } from "./client-signal";
import { unknownPlugin } from "./unknown-plugin";

export type ActivePlugin = { plugin: Plugin; context: PluginContext };

export type PreparedRequest = { request: ChatRequest; plugins: readonly ActivePlugin[] };

/**
 * Runs the before-steps of the plugins that the request asks for, in the order given.
 *
 * @throws AppError `invalid_request` for an unknown plugin, listing the known ones, and for settings that do not fit; what
 * the plugins throw.
 */
export async function prepareRequest(
  request: ChatRequest,
  accountId: string,
  client: ClientSignal,
): Promise<PreparedRequest> {
  const plugins = activePlugins(request, accountId, client);
  let prepared = request;
  for (const { plugin, context } of plugins) prepared = (await plugin.before?.(prepared, context)) ?? prepared;
  return { request: prepared, plugins };
}

function activePlugins(request: ChatRequest, accountId: string, client: ClientSignal): ActivePlugin[] {
  const given = request.plugins;
  if (given === null || given === undefined) return [];
  const entries = Array.isArray(given)
    ? given.map((entry, index) => ({ field: `plugins[${index}].id`, entry }))
    : Object.entries(given).map(([id, config]) => ({ field: `plugins.${id}`, entry: { ...config, id } }));
  return entries.flatMap(({ field, entry }) => {
    const { id, enabled, ...config } = entry;
    const plugin = PLUGINS.get(id);
    if (plugin !== undefined) checkPluginConfig(plugin, config, field.replace(/\.id$/, ""));
    if (enabled === false) return [];
    if (plugin === undefined) throw unknownPlugin(field, id, PLUGINS.keys());
    return [{ plugin, context: { accountId, config, signal: abortSignalOf(client) } }];
  });
}
