import type { PublicModel } from "@/lib/schemas/public-catalog";

export type RssOptions = {
  /** Where this installation is reached, without a slash at the end. */
  baseUrl: string;
  /** Path and query that this feed was asked for with. */
  path: string;
  /** Links open a model in the chatroom instead of its page. */
  linksToChat: boolean;
};

/** Models as an RSS 2.0 feed, in the order given. A model keeps its guid, so that readers show it once. */
export function renderRss(models: readonly PublicModel[], { baseUrl, path, linksToChat }: RssOptions): string {
  const newest = models.reduce((latest, { created }) => Math.max(latest, created), 0);
  const items = models.map((model) => {
    const link = linksToChat ? `${baseUrl}/chat?models=${encodeURIComponent(model.id)}` : `${baseUrl}/${model.id}`;
    return [
      "<item>",
      `<title>${escaped(model.name)}</title>`,
      `<link>${escaped(link)}</link>`,
      `<guid isPermaLink="false">${escaped(model.id)}</guid>`,
      `<pubDate>${dateOf(model.created)}</pubDate>`,
      `<description>${escaped(descriptionOf(model))}</description>`,
      "</item>",
    ].join("");
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>',
    "<title>Models of this Signalbox</title>",
    `<link>${escaped(`${baseUrl}/models`)}</link>`,
    `<atom:link href="${escaped(baseUrl + path)}" rel="self" type="application/rss+xml"/>`,
    "<description>Models that can be routed to, the newest first.</description>",
    "<language>en</language>",
    ...(newest === 0 ? [] : [`<lastBuildDate>${dateOf(newest)}</lastBuildDate>`]),
    ...items,
    "</channel></rss>\n",
  ].join("\n");
}

function descriptionOf({ id, description, context_length }: PublicModel): string {
  const facts = `${id}, ${context_length.toLocaleString("en-US")} tokens of context.`;
  return description === "" ? facts : `${description} (${facts})`;
}

/** RFC 822, which RSS asks for. */
function dateOf(seconds: number): string {
  return new Date(seconds * 1_000).toUTCString();
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
  );
}
