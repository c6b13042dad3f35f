import "server-only";
import { headers } from "next/headers";

/** The path and query that were asked for, such as `/activity?model=x`, as proxy.ts wrote them. */
export async function currentPath(): Promise<string> {
  return (await headers()).get("x-path") ?? "/";
}
