import type { ChatRequest } from "@/lib/schemas/chat-request";

type RoutingFields = Pick<ChatRequest, "model" | "models" | "preset" | "provider" | "session_id" | "trace" | "user">;

/** The fields of a body that say where it goes and for whom, and nothing of what is asked. */
export function routingFields(body: RoutingFields): RoutingFields {
  const { model, models, preset, provider, session_id, trace, user } = body;
  return { model, models, preset, provider, session_id, trace, user };
}
