import "server-only";
import { headers } from "next/headers";
import { env } from "@/lib/env";

/** The address under which the reader reaches this installation, without a slash at the end. */
export async function getBaseUrl(): Promise<string> {
  const { APP_URL } = env();
  if (APP_URL !== undefined) return APP_URL.replace(/\/+$/, "");
  const sent = await headers();
  const host = sent.get("x-forwarded-host") ?? sent.get("host") ?? "localhost";
  return `${sent.get("x-forwarded-proto") ?? "http"}://${host}`;
}
