import type { Annotation } from "@/lib/schemas/chat-completion";
import type { SearchResult } from "@/lib/schemas/web-search";

/**
 * Every result as a citation. Where the text links to it, the indexes are those of its first link, counted in UTF-16
 * units as JavaScript does: a markdown link as a whole, else the bare address. A result that the text does not link to has
 * none.
 */
export function citeResults(results: readonly SearchResult[], text: string): Annotation[] {
  const links = linksIn(text);
  return results.map(({ url, title, text: content }) => {
    const link = links.get(normal(url)) ?? bareAddress(text, url);
    return {
      type: "url_citation",
      url_citation: {
        url,
        title: title === "" ? url : title,
        ...(content === "" ? {} : { content }),
        ...(link === undefined ? {} : { start_index: link.start, end_index: link.end }),
      },
    };
  });
}

type Place = { start: number; end: number };

/** Where each address is linked to first. Addresses may hold one level of brackets, as those of encyclopedias do. */
function linksIn(text: string): Map<string, Place> {
  const links = new Map<string, Place>();
  for (const match of text.matchAll(
    /\[[^[\]\n]{1,500}\]\(<?(https?:\/\/(?:[^\s()<>]|\([^\s()<>]*\))+)>?(?: "[^"\n]*")?\)/g,
  )) {
    const address = normal(match[1] ?? "");
    if (!links.has(address)) links.set(address, { start: match.index, end: match.index + match[0].length });
  }
  return links;
}

function bareAddress(text: string, url: string): Place | undefined {
  for (let from = 0; ; ) {
    const start = text.indexOf(url, from);
    if (start < 0) return undefined;
    const end = start + url.length;
    // Not the beginning of a longer address.
    if (!/^[\w/?&=%#-]/.test(text.slice(end, end + 1))) return { start, end };
    from = end;
  }
}

/** Models leave out a slash at the end, or add one. */
function normal(url: string): string {
  return url.replace(/#:~:text=.*$/, "").replace(/\/+$/, "");
}
