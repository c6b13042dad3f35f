import { healthOf } from "@/lib/server/health";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const { status, body } = await healthOf("/api/health");
  return Response.json(body, { status });
}
