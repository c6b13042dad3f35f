/**
 * Does this request come from a page of this site? What a browser sends by itself decides: `Sec-Fetch-Site`, or `Origin`
 * in browsers that do not know it. A page elsewhere can forge neither, though the browser attaches our cookie to its
 * requests. Without both it is no.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host;
}
