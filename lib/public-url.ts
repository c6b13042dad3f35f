import { env } from "./env";

/**
 * The address under which whoever sent a request reaches this installation, without a slash at the end: the configured
 * one, else what the request and the proxies in front of us say.
 */
export function publicUrl(headerOf: (name: string) => string | null | undefined): string {
  const { APP_URL } = env();
  if (APP_URL !== undefined) return APP_URL.replace(/\/+$/, "");
  const host = headerOf("x-forwarded-host") ?? headerOf("host") ?? "localhost";
  return `${headerOf("x-forwarded-proto") ?? "http"}://${host}`;
}
