import "server-only";
import { headers } from "next/headers";
import { publicUrl } from "@/lib/public-url";

/** The address under which the reader reaches this installation, without a slash at the end. */
export async function getBaseUrl(): Promise<string> {
  const sent = await headers();
  return publicUrl((name) => sent.get(name));
}
