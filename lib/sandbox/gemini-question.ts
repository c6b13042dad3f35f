import { describeBase64, describeUrl, tokensOfAttachment } from "@/lib/sandbox/describe-media";
import { isAspectRatio } from "@/lib/sandbox/draw-png";
import type { GeminiContent, GeminiPart, GeminiRequest } from "@/lib/sandbox/gemini-request";
import type { Attachment, OutputFormat, PromptSegment, Question } from "@/lib/sandbox/question";
import type { Call } from "@/lib/sandbox/wire";

const LEVEL_TOKENS: Readonly<Record<string, number>> = { MINIMAL: 60, LOW: 120, MEDIUM: 250, HIGH: 500 };
const FRAME_TOKENS = 3;

/** The question in an accepted request. */
export function geminiQuestion(request: GeminiRequest, call: Call): Question {
  const { turns, generationConfig: config = {} } = request;
  const last = turns.at(-1);
  const users = turns.filter(
    (turn) => turn.role === "user" && turn.parts.some((part) => part.functionResponse === undefined),
  );
  const lastUser = users.at(-1);
  const calling = request.toolConfig?.functionCallingConfig;
  const mode = calling?.mode?.toUpperCase() ?? "AUTO";
  const allowed =
    mode === "ANY" && calling?.allowedFunctionNames?.length ? new Set(calling.allowedFunctionNames) : null;
  const aspectRatio = config.imageConfig?.aspectRatio ?? "1:1";
  return {
    provider: call.provider,
    model: call.model ?? request.model ?? "",
    system: textOf(request.systemInstruction?.parts ?? []),
    userText: textOf(lastUser?.parts ?? []),
    prefill: last?.role === "model" ? textOf(last.parts) : "",
    userTurns: users.length,
    attachments: (lastUser?.parts ?? []).flatMap(attachmentOf),
    tools: (request.tools ?? [])
      .flatMap((tool) => tool.functionDeclarations ?? [])
      .filter((tool) => allowed === null || allowed.has(tool.name))
      .map((tool) => ({
        name: tool.name,
        description: tool.description ?? "",
        schema: tool.parametersJsonSchema ?? tool.parameters ?? { type: "object", properties: {} },
      })),
    toolChoice: mode === "ANY" ? "any" : mode === "NONE" ? "none" : "auto",
    parallelToolCalls: true,
    talksBeforeTools: false,
    toolResults: (last?.parts ?? []).flatMap(({ functionResponse }) =>
      functionResponse === undefined
        ? []
        : [
            {
              name: functionResponse.name,
              content: JSON.stringify(functionResponse.response),
              failed: "error" in functionResponse.response,
            },
          ],
    ),
    format: formatOf(config),
    reasoning: reasoningOf(config.thinkingConfig),
    image: config.responseModalities?.some((modality) => modality.toUpperCase() === "IMAGE")
      ? { aspectRatio: isAspectRatio(aspectRatio) ? aspectRatio : "1:1" }
      : null,
    maxTokens: config.maxOutputTokens ?? null,
    stop: config.stopSequences ?? [],
    seed: config.seed ?? null,
    prompt: promptOf(request),
  };
}

type GenerationConfig = NonNullable<GeminiRequest["generationConfig"]>;

function formatOf(config: GenerationConfig): OutputFormat {
  const schema = config.responseJsonSchema ?? config.responseSchema;
  if (config.responseMimeType !== "application/json") return { kind: "text" };
  return schema === undefined ? { kind: "json" } : { kind: "schema", schema };
}

/** A budget of 0 turns thinking off, -1 leaves it to the model. */
function reasoningOf(thinking: GenerationConfig["thinkingConfig"]): Question["reasoning"] {
  if (thinking === undefined || thinking.thinkingBudget === 0) return null;
  const { includeThoughts, thinkingBudget: budget, thinkingLevel: level } = thinking;
  if (level !== undefined) return { maxTokens: LEVEL_TOKENS[level.toUpperCase()] ?? 250 };
  if (budget !== undefined) return { maxTokens: budget < 0 ? 250 : Math.min(budget, 500) };
  return includeThoughts === true ? { maxTokens: 250 } : null;
}

function textOf(parts: readonly GeminiPart[]): string {
  return parts
    .map((part) => (part.thought === true ? "" : (part.text ?? "")))
    .filter(Boolean)
    .join("\n");
}

function attachmentOf({ inlineData, fileData }: GeminiPart): Attachment[] {
  if (inlineData !== undefined) {
    return [
      describeBase64(kindOf(inlineData.mimeType), inlineData.mimeType, inlineData.data, inlineData.displayName ?? null),
    ];
  }
  if (fileData === undefined) return [];
  const described = describeUrl(kindOf(fileData.mimeType ?? "video/*"), fileData.fileUri, null);
  return [{ ...described, mediaType: fileData.mimeType ?? described.mediaType }];
}

function kindOf(mediaType: string): Attachment["kind"] {
  const [family] = mediaType.split("/");
  return family === "image" || family === "audio" || family === "video" ? family : "file";
}

function promptOf(request: GeminiRequest): PromptSegment[] {
  const segments: PromptSegment[] = [];
  if (request.systemInstruction !== undefined) {
    segments.push(segmentOf({ role: "user", parts: request.systemInstruction.parts ?? [] }, "system"));
  }
  if (request.tools?.length) {
    segments.push({ text: JSON.stringify(request.tools), extraTokens: FRAME_TOKENS, cacheTtl: null });
  }
  return [...segments, ...request.turns.map((turn) => segmentOf(turn, turn.role))];
}

function segmentOf(turn: GeminiContent, role: string): PromptSegment {
  const attachments = turn.parts.flatMap(attachmentOf);
  const calls = turn.parts.flatMap((part) => {
    const exchanged = part.functionCall ?? part.functionResponse;
    return exchanged === undefined ? [] : [JSON.stringify(exchanged)];
  });
  return {
    text: `${role}\n${textOf(turn.parts)}${calls.join("")}${attachments.map((item) => item.fingerprint).join("")}`,
    extraTokens: attachments.reduce((sum, item) => sum + tokensOfAttachment(item), FRAME_TOKENS),
    cacheTtl: null,
  };
}
