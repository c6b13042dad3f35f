import "server-only";
import type { ServerResponse } from "node:http";
import { isDatabaseReachable } from "@/lib/db/is-database-reachable";

export type Health = { status: number; body: { status: "ok" | "unavailable" } };

/** `/api/health`: the process answers. `/api/ready`: it can serve, its database included. */
export async function healthOf(path: "/api/health" | "/api/ready"): Promise<Health> {
  const healthy = path === "/api/health" || (await isDatabaseReachable());
  return healthy ? { status: 200, body: { status: "ok" } } : { status: 503, body: { status: "unavailable" } };
}

export async function serveHealth(path: "/api/health" | "/api/ready", response: ServerResponse): Promise<void> {
  const { status, body } = await healthOf(path);
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
