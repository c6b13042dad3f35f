import "server-only";
import { env } from "@/lib/env";

/**
 * Whether a page of this site made the request. What a browser sends by itself decides: `Sec-Fetch-Site`, or `Origin` in
 * browsers that do not know it. A page elsewhere can forge neither, though the browser attaches our cookie to its
 * requests. Without both it is no.
 */
export function isSameOrigin(header: (name: string) => string | null | undefined): boolean {
  const site = header("sec-fetch-site") ?? undefined;
  if (site !== undefined) return site === "same-origin";
  const origin = header("origin") ?? undefined;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { APP_URL } = env();
  const host = header("x-forwarded-host") ?? header("host");
  return new URL(origin).host === host || (APP_URL !== undefined && origin === new URL(APP_URL).origin);
}
