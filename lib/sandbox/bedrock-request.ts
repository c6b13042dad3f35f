import { z } from "zod";
import { bedrockRefusal } from "@/lib/sandbox/bedrock-failures";
import { firstIssue } from "@/lib/sandbox/first-issue";
import { signReasoning } from "@/lib/sandbox/signatures";

// Source: docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, as known in 2026-11.

const sourceSchema = z.looseObject({ bytes: z.string().optional() });
const mediaSchema = z.looseObject({ format: z.string(), name: z.string().optional(), source: sourceSchema });
const cachePointSchema = z.looseObject({ type: z.literal("default"), ttl: z.enum(["5m", "1h"]).optional() });
const resultPartSchema = z.looseObject({ text: z.string().optional(), json: z.unknown().optional() });
const blockSchema = z.looseObject({
  text: z.string().optional(),
  image: mediaSchema.optional(),
  document: mediaSchema.optional(),
  video: mediaSchema.optional(),
  audio: mediaSchema.optional(),
  cachePoint: cachePointSchema.optional(),
  toolUse: z.looseObject({ toolUseId: z.string().min(1), name: z.string().min(1), input: z.unknown() }).optional(),
  toolResult: z
    .looseObject({
      toolUseId: z.string().min(1),
      content: z.array(resultPartSchema),
      status: z.enum(["success", "error"]).optional(),
    })
    .optional(),
  reasoningContent: z
    .looseObject({
      reasoningText: z.looseObject({ text: z.string(), signature: z.string().optional() }).optional(),
      redactedContent: z.string().optional(),
    })
    .optional(),
});
const toolSchema = z.looseObject({
  toolSpec: z
    .looseObject({
      name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
      description: z.string().min(1).optional(),
      inputSchema: z.looseObject({ json: z.unknown() }),
    })
    .optional(),
  cachePoint: cachePointSchema.optional(),
});

const requestSchema = z.strictObject({
  messages: z
    .array(z.strictObject({ role: z.enum(["user", "assistant"]), content: z.array(blockSchema).min(1) }))
    .min(1),
  system: z.array(blockSchema).optional(),
  inferenceConfig: z
    .strictObject({
      maxTokens: z.int().min(1).optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
      stopSequences: z.array(z.string().min(1)).optional(),
    })
    .optional(),
  toolConfig: z
    .strictObject({
      tools: z.array(toolSchema).min(1),
      toolChoice: z
        .union([
          z.strictObject({ auto: z.looseObject({}) }),
          z.strictObject({ any: z.looseObject({}) }),
          z.strictObject({ tool: z.looseObject({ name: z.string() }) }),
        ])
        .optional(),
    })
    .optional(),
  outputConfig: z
    .looseObject({
      textFormat: z
        .looseObject({ structure: z.looseObject({ jsonSchema: z.looseObject({ schema: z.string() }) }) })
        .optional(),
    })
    .optional(),
  additionalModelRequestFields: z
    .looseObject({
      thinking: z.looseObject({ type: z.string(), budget_tokens: z.int().min(1024).optional() }).optional(),
      reasoningConfig: z.looseObject({ type: z.string(), maxReasoningEffort: z.string().optional() }).optional(),
      reasoning_effort: z.string().optional(),
      output_config: z.looseObject({ effort: z.string().optional() }).optional(),
      tool_choice: z
        .looseObject({
          type: z.string(),
          name: z.string().optional(),
          disable_parallel_tool_use: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
  additionalModelResponseFieldPaths: z.array(z.string()).optional(),
  guardrailConfig: z.unknown().optional(),
  performanceConfig: z.unknown().optional(),
  promptVariables: z.unknown().optional(),
  requestMetadata: z.unknown().optional(),
  serviceTier: z.unknown().optional(),
});
export type BedrockRequest = z.infer<typeof requestSchema>;
export type BedrockBlock = z.infer<typeof blockSchema>;
type Turn = BedrockRequest["messages"][number];

/** @throws WireRefusal with Bedrock's wording */
export function parseBedrockRequest(body: unknown): BedrockRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    const { issue, path } = firstIssue(parsed.error);
    throw bedrockRefusal(`1 validation error detected: Value at '${path.join(".")}' ${issue.message}`);
  }
  checkTurns(parsed.data);
  return parsed.data;
}

function checkTurns({ messages, toolConfig }: BedrockRequest): void {
  if (messages[0]?.role !== "user") {
    throw bedrockRefusal(
      "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
    );
  }
  messages.forEach((turn, index) => {
    const before = messages[index - 1];
    if (turn.role === before?.role) {
      throw bedrockRefusal("A conversation must alternate between user and assistant roles.");
    }
    checkBlocks(turn, index);
    checkResults(turn, before, index);
  });
  const hasCalls = messages.some(({ content }) => content.some(({ toolUse, toolResult }) => toolUse ?? toolResult));
  if (hasCalls && toolConfig === undefined) {
    throw bedrockRefusal("The toolConfig field must be defined when using toolUse and toolResult content blocks.");
  }
}

function checkBlocks({ content }: Turn, index: number): void {
  content.forEach(({ text, reasoningContent }, at) => {
    const where = `messages.${index}.content.${at}`;
    if (text?.trim() === "") {
      throw bedrockRefusal(
        `The text field in the ContentBlock object at ${where} is blank. Add text to the text field, and try again.`,
      );
    }
    const thought = reasoningContent?.reasoningText;
    if (thought?.signature === undefined) return;
    if (thought.signature !== signReasoning("anthropic", thought.text)) {
      throw bedrockRefusal(`${where}: Invalid \`signature\` in \`thinking\` block`);
    }
  });
}

function checkResults(turn: Turn, before: Turn | undefined, index: number): void {
  const asked = idsOf(before, ({ toolUse }) => toolUse?.toolUseId);
  const answered = idsOf(turn, ({ toolResult }) => toolResult?.toolUseId);
  const unasked = answered.find((id) => !asked.includes(id));
  if (unasked !== undefined) {
    throw bedrockRefusal(
      `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`,
    );
  }
  const open = asked.filter((id) => !answered.includes(id));
  if (open.length > 0) {
    throw bedrockRefusal(
      `Expected toolResult blocks at messages.${index}.content for the following Ids: ${open.join(", ")}`,
    );
  }
}

function idsOf(turn: Turn | undefined, idOf: (block: BedrockBlock) => string | undefined): string[] {
  return (turn?.content ?? []).flatMap((block) => idOf(block) ?? []);
}
