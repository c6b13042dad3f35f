const HERE = "http://here.invalid";

/**
 * The place on this site that `wanted` names. Anything that would lead elsewhere (another host, `//host`, `\\host`, a
 * `javascript:` URL) becomes `otherwise`.
 */
export function nextPath(wanted: unknown, otherwise = "/chat"): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || !URL.canParse(wanted, HERE)) return otherwise;
  const url = new URL(wanted, HERE);
  return url.origin === HERE ? `${url.pathname}${url.search}${url.hash}` : otherwise;
}
