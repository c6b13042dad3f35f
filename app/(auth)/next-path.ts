const HERE = "http://here.invalid";

/** Where to go when nothing (or nothing safe) was asked for. */
const DEFAULT_PATH = "/chat";

/**
 * The place on this site that `wanted` names. Anything that would lead elsewhere (another host, `//host`, `\\host`, a
 * `javascript:` URL) becomes the default.
 */
export function nextPath(wanted: unknown): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || !URL.canParse(wanted, HERE)) return DEFAULT_PATH;
  const url = new URL(wanted, HERE);
  return url.origin === HERE ? `${url.pathname}${url.search}${url.hash}` : DEFAULT_PATH;
}
