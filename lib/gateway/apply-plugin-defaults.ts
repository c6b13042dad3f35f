import type { PluginDefault } from "@/lib/schemas/account-settings";
import type { ChatRequest } from "@/lib/schemas/chat-request";

type PluginEntry = Extract<NonNullable<ChatRequest["plugins"]>, readonly unknown[]>[number];

/**
 * The request with the account's plugins worked in: a default applies where the request does not name the plugin, and
 * always where it prevents overrides. The request's own entries keep their places, so that a refusal names the right one.
 *
 * @param isKnown A default whose plugin is no longer there is left out: the request did not ask for it.
 */
export function applyPluginDefaults(
  request: ChatRequest,
  defaults: readonly PluginDefault[],
  isKnown: (id: string) => boolean,
): ChatRequest {
  const known = defaults.filter(({ id }) => isKnown(id));
  if (known.length === 0) return request;
  const asked = pluginEntriesOf(request).filter(isFirstOfItsId);
  const final = new Map(known.flatMap((entry) => (entry.preventOverrides ? [[entry.id, entryOf(entry)]] : [])));
  const added = known.filter(({ id }) => !asked.some((entry) => entry.id === id));
  return { ...request, plugins: [...asked.map((entry) => final.get(entry.id) ?? entry), ...added.map(entryOf)] };
}

/** The plugins that a request names, in either of the forms that clients send. */
export function pluginEntriesOf({ plugins }: ChatRequest): readonly PluginEntry[] {
  if (plugins == null) return [];
  return Array.isArray(plugins) ? plugins : Object.entries(plugins).map(([id, config]) => ({ ...config, id }));
}

/** A plugin that is named twice would run twice, whatever the account says of it. */
function isFirstOfItsId({ id }: PluginEntry, index: number, entries: readonly PluginEntry[]): boolean {
  return entries.findIndex((entry) => entry.id === id) === index;
}

function entryOf({ id, enabled, config }: PluginDefault): PluginEntry {
  return { ...config, id, enabled };
}
