// Runs in the worker, where nothing is compiled: plain JavaScript.

const HIDDEN = new Set(["script", "style", "noscript", "svg", "template", "head"]);
const BLOCKS = new Set(
  "address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul".split(
    " ",
  ),
);
const CELLS = new Set(["td", "th"]);
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/**
 * The words of a page, one line a block; headings, lists and cells are marked as Markdown does. Goes over it once from
 * left to right and never back, so that no page takes longer than its length.
 *
 * @param {string} source
 * @returns {string}
 */
export function htmlToText(source) {
  const out = [];
  let at = 0;
  let cells = 0;
  while (at < source.length) {
    const open = source.indexOf("<", at);
    out.push(spaced(source.slice(at, open === -1 ? source.length : open)));
    if (open === -1) break;
    if (source.startsWith("<!--", open)) {
      at = after(source, "-->", open + 4);
      continue;
    }
    const close = source.indexOf(">", open);
    // Without an end it is no tag, and there is none after it either.
    if (close === -1) {
      out.push(spaced(source.slice(open)));
      break;
    }
    const [, slash = "", name = ""] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(source.slice(open, open + 24)) ?? [];
    const tag = name.toLowerCase();
    at = close + 1;
    if (slash === "" && HIDDEN.has(tag) && source[close - 1] !== "/") at = endOf(source, tag, at);
    else if (CELLS.has(tag)) {
      cells = Math.max(0, cells + (slash === "" ? 1 : -1));
      out.push(slash === "" ? "" : " | ");
    }
    // A row stays one line, whatever its cells are made of.
    else out.push(cells > 0 && tag !== "tr" ? " " : markOf(tag, slash !== ""));
  }
  return out
    .join("")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function markOf(tag, isEnd) {
  if (!BLOCKS.has(tag)) return "";
  if (isEnd) return "\n";
  const level = /^h([1-6])$/.exec(tag)?.[1];
  if (level !== undefined) return `\n\n${"#".repeat(Number(level))} `;
  return tag === "li" ? "\n- " : tag === "p" || tag === "table" ? "\n\n" : "\n";
}

/** Past the end of an element whose content is not shown; an element that never ends hides all the rest. */
function endOf(source, tag, from) {
  const pattern = new RegExp(`</${tag}\\b`, "gi");
  pattern.lastIndex = from;
  const found = pattern.exec(source);
  return found === null ? source.length : after(source, ">", found.index);
}

function after(source, mark, from) {
  const found = source.indexOf(mark, from);
  return found === -1 ? source.length : found + mark.length;
}

function spaced(text) {
  return text.replace(/\s+/g, " ").replace(/&(#x?[\da-f]{1,7}|[a-z]{2,6});/gi, (whole, name) => entity(name) ?? whole);
}

function entity(name) {
  if (!name.startsWith("#")) return ENTITIES[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
