import { invalidField } from "@/lib/errors";
import type { AssistantMessage, ChatMessage, ReasoningDetail } from "@/lib/schemas/chat-request";
import { assistantTextOf, partsOf, plainTextOf } from "../content";
import { isRecord, type JsonRecord, listOf, parseJson, recordOf, textOf } from "../json";
import { mediaSourceOf } from "../media";
import { buildParts, functionResult, mediaPart } from "./build-parts";

/** Marks reasoning that came from this protocol, and may go back by it. */
export const REASONING_FORMAT = "google-gemini-v1";

/** Id under which the signature of the n-th image of an answer travels; those of calls travel under the call's id. */
export function imageSignatureId(index: number): string {
  return `image_${index}`;
}

/**
 * What to sign calls with that another model made: current models refuse an unsigned call, and take this word instead.
 * Source: ai.google.dev/gemini-api/docs/thought-signatures, read 2026-11-20.
 */
const NO_SIGNATURE = "skip_thought_signature_validator";

type Content = { role: "user" | "model"; parts: JsonRecord[] };

type Contents = { system: readonly JsonRecord[]; contents: readonly Content[] };

type ContentRules = {
  /** The model refuses a function call that is not signed. */
  signsCalls: boolean;
};

/**
 * The messages as system parts and turns.
 * @param dropped collects the names of what had to be taken out
 * @throws AppError `invalid_request` naming the field that cannot be said in this protocol
 */
export function buildContents(messages: readonly ChatMessage[], rules: ContentRules, dropped: Set<string>): Contents {
  const system: JsonRecord[] = [];
  const contents: Content[] = [];
  // Results name the function they belong to, not the call.
  const functionNames = new Map<string, string>();

  messages.forEach((message, index) => {
    const field = `messages[${index}]`;
    switch (message.role) {
      case "system":
      case "developer":
        if (partsOf(message.content).some((part) => part.type !== "text")) {
          throw invalidField(`${field}.content`, "this provider takes only text in system messages");
        }
        system.push(...buildParts(message.content, `${field}.content`));
        break;
      case "user":
        push(contents, "user", buildParts(message.content, `${field}.content`));
        break;
      case "assistant":
        for (const call of message.tool_calls ?? []) functionNames.set(call.id, call.function.name);
        push(contents, "model", modelParts(message, field, rules, dropped));
        break;
      case "tool": {
        const name = functionNames.get(message.tool_call_id) ?? textOf(message.name);
        if (name === undefined) throw invalidField(`${field}.tool_call_id`, "does not belong to a tool call above it");
        pushResult(contents, message, name, `${field}.content`);
        break;
      }
    }
  });

  if (contents.length > 0) return { system, contents };
  // The API needs a turn; instructions alone are then the question.
  return { system: [], contents: [{ role: "user", parts: system.length > 0 ? system : [{ text: "" }] }] };
}

function push(contents: Content[], role: Content["role"], parts: readonly JsonRecord[]): void {
  if (parts.length === 0) return;
  const last = contents.at(-1);
  // Results of functions stay a turn of their own: the API counts them against the calls.
  const joins = last?.role === role && last.parts.every((part) => part.functionResponse === undefined);
  if (joins) last.parts.push(...parts);
  else contents.push({ role, parts: [...parts] });
}

function pushResult(
  contents: Content[],
  message: Extract<ChatMessage, { role: "tool" }>,
  name: string,
  field: string,
): void {
  const text = plainTextOf(message.content);
  const response = message.is_error === true ? { error: text } : functionResult(text);
  const part = { functionResponse: { id: message.tool_call_id, name, response } };
  const last = contents.at(-1);
  if (last?.parts.some((other) => other.functionResponse !== undefined)) last.parts.push(part);
  else contents.push({ role: "user", parts: [part] });

  const media = partsOf(message.content).some(({ type }) => type !== "text");
  if (media)
    push(
      contents,
      "user",
      buildParts(message.content, field).filter((other) => other.text === undefined),
    );
}

function modelParts(
  message: AssistantMessage,
  field: string,
  rules: ContentRules,
  dropped: Set<string>,
): readonly JsonRecord[] {
  const own = ownDetails(message.reasoning_details ?? [], dropped);
  const signatureOf = (id: string | undefined) =>
    own.find((detail) => detail.type === "reasoning.encrypted" && (detail.id ?? undefined) === id)?.data ?? undefined;

  const thoughts = own.flatMap(({ type, text, signature }) =>
    type === "reasoning.text" && signature ? [{ text: text ?? "", thought: true, thoughtSignature: signature }] : [],
  );
  const text = assistantTextOf(message);
  const textSignature = signatureOf(undefined);
  const said = text === "" && textSignature === undefined ? [] : [signed({ text }, textSignature)];
  const images = imagesOf(message, field).map((part, index) => signed(part, signatureOf(imageSignatureId(index))));
  const calls = (message.tool_calls ?? []).map((call, index): JsonRecord => {
    const callField = `${field}.tool_calls[${index}].function.arguments`;
    const args = call.function.arguments.trim() === "" ? {} : parseJson(call.function.arguments);
    if (!isRecord(args)) throw invalidField(callField, "must be a JSON object");
    const part = { functionCall: { id: call.id, name: call.function.name, args } };
    // Of parallel calls only the first one is signed.
    const standIn = rules.signsCalls && index === 0 ? NO_SIGNATURE : undefined;
    return signed(part, signatureOf(call.id) ?? standIn);
  });
  return [...thoughts, ...said, ...images, ...calls];
}

function signed(part: JsonRecord, thoughtSignature: string | undefined): JsonRecord {
  return thoughtSignature === undefined ? part : { ...part, thoughtSignature };
}

function ownDetails(details: readonly ReasoningDetail[], dropped: Set<string>): readonly ReasoningDetail[] {
  const own = details.filter(({ format }) => format === REASONING_FORMAT);
  if (details.some(({ data, signature, format }) => (data || signature) && format !== REASONING_FORMAT)) {
    dropped.add("reasoning_details");
  }
  return own;
}

/** Images that the model made in an earlier turn and the caller sends back, so that they can be edited. */
function imagesOf(message: AssistantMessage, field: string): readonly JsonRecord[] {
  return listOf(message.images).flatMap((image, index) => {
    const url = textOf(recordOf(recordOf(image)?.image_url)?.url);
    const imageField = `${field}.images[${index}]`;
    return url === undefined ? [] : [mediaPart(mediaSourceOf(url, imageField), "image/png", imageField)];
  });
}
