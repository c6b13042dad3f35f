import "server-only";
import { authorOf } from "@/lib/model-list/author-of";
import { getCatalog } from "./catalog";

type Name = readonly [slug: string, name: string];

/** Display names of everybody who makes a model of the catalog, and of everybody who serves one. */
export function listNames(): { authors: readonly Name[]; providers: readonly Name[] } {
  const authors = new Map<string, string>();
  const providers = new Map<string, string>();
  for (const { id, fact, endpoints } of getCatalog().models.values()) {
    const author = authorOf(id);
    // Names begin with their author's: "OpenAI: GPT-4o". The first that does speaks for all.
    const [name, ...rest] = fact.name.split(": ");
    if (rest.length > 0 && name !== undefined && !authors.has(author)) authors.set(author, name);
    for (const { provider } of endpoints) providers.set(provider.slug, provider.name);
  }
  return { authors: sorted(authors), providers: sorted(providers) };
}

function sorted(names: ReadonlyMap<string, string>): Name[] {
  return [...names].sort(([, a], [, b]) => a.localeCompare(b));
}
