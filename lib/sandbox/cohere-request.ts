import { z } from "zod";
import { cohereRefusal } from "@/lib/sandbox/cohere-failures";
import { firstIssue } from "@/lib/sandbox/first-issue";
import type { Call } from "@/lib/sandbox/wire";

// Source: docs.cohere.com/reference/chat, version 2, as known in 2026-11.

const partSchema = z.looseObject({
  type: z.enum(["text", "image_url", "thinking", "document"]),
  text: z.string().optional(),
  thinking: z.string().optional(),
  image_url: z.looseObject({ url: z.string() }).optional(),
});
const messageSchema = z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(partSchema)]).optional(),
  tool_plan: z.string().optional(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string(), arguments: z.string() }) }))
    .optional(),
});

const requestSchema = z.strictObject({
  model: z.string().min(1),
  stream: z.boolean(),
  messages: z.array(messageSchema).min(1),
  tools: z
    .array(
      z.looseObject({
        type: z.literal("function"),
        function: z.looseObject({
          name: z.string(),
          description: z.string().optional(),
          parameters: z.unknown().optional(),
        }),
      }),
    )
    .optional(),
  tool_choice: z.enum(["REQUIRED", "NONE"]).optional(),
  strict_tools: z.boolean().optional(),
  documents: z.array(z.unknown()).optional(),
  citation_options: z.unknown().optional(),
  response_format: z
    .looseObject({ type: z.enum(["text", "json_object"]), json_schema: z.unknown().optional() })
    .optional(),
  safety_mode: z.enum(["CONTEXTUAL", "STRICT", "OFF"]).optional(),
  max_tokens: z.int().min(1).optional(),
  stop_sequences: z.array(z.string()).max(5).optional(),
  temperature: z.number().min(0).max(1).optional(),
  seed: z.int().min(0).optional(),
  frequency_penalty: z.number().min(0).max(1).optional(),
  presence_penalty: z.number().min(0).max(1).optional(),
  k: z.number().min(0).max(500).optional(),
  p: z.number().min(0.01).max(0.99).optional(),
  logprobs: z.boolean().optional(),
  thinking: z
    .looseObject({ type: z.enum(["enabled", "disabled"]), token_budget: z.int().min(1).optional() })
    .optional(),
  priority: z.int().optional(),
});
export type CohereRequest = z.infer<typeof requestSchema>;
export type CohereMessage = CohereRequest["messages"][number];

/** @throws WireRefusal with Cohere's wording */
export function parseCohereRequest(body: unknown, call: Call): CohereRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    const { issue, path } = firstIssue(parsed.error);
    const where = issue.code === "unrecognized_keys" ? `unknown field: ${issue.keys[0]}` : path.join(".");
    throw cohereRefusal(`invalid request: ${where}: ${issue.message}`, call);
  }
  const request = parsed.data;
  if (request.tools !== undefined && request.response_format?.type === "json_object") {
    throw cohereRefusal("invalid request: response_format is not supported with tools", call);
  }
  checkResults(request.messages, call);
  return request;
}

function checkResults(messages: readonly CohereMessage[], call: Call): void {
  const asked = new Set<string>();
  for (const message of messages) {
    for (const { id } of message.tool_calls ?? []) asked.add(id);
    if (message.role === "tool" && !asked.delete(message.tool_call_id ?? "")) {
      throw cohereRefusal(`invalid request: tool_call_id ${message.tool_call_id ?? ""} has no tool call`, call);
    }
  }
  if (asked.size > 0) {
    throw cohereRefusal(`invalid request: tool calls without results: ${[...asked].join(", ")}`, call);
  }
}
