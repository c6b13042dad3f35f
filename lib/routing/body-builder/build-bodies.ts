import type { ChatMessage, ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import { assembleBodies, type RequestBody } from "./assemble-bodies";
import type { NameIndex } from "./name-index";
import { findProtectedSpans } from "./protected-spans";
import { readInstruction } from "./read-instruction";
import { selectModels } from "./select-models";
import type { BuilderCatalog } from "./types";

export type BuiltBodies = {
  requests: readonly RequestBody[];
  /** Whether the text says whom to ask; otherwise there is one request to the default model. */
  recognised: boolean;
};

type UserMessage = Extract<ChatMessage, { role: "user" }>;

/** "Now the same with Gemini": speaks of the task before. */
const SAME_TASK =
  /^(?:(?:now|then|please|and|again|also|do|try|run|repeat|answer|it|that|this|the same|same|thing|prompt|question|task|as well|too|instead|once more|noch ?mal|dasselbe|encore|lo mismo)\b[\s.,!?]*)*$/iu;

/**
 * Turns the last user message into one request body for each model that it wants to be asked. System messages and the
 * conversation before are kept in each; the words that say whom to ask are not.
 *
 * @param defaultModel is asked when the message names no model.
 * @returns `undefined` when there is no user message.
 */
export function buildBodies(
  messages: readonly ChatMessage[],
  catalog: BuilderCatalog,
  index: NameIndex,
  defaultModel: string,
): BuiltBodies | undefined {
  const turns = messages.filter(({ role }) => role === "user" || role === "assistant");
  const at = turns.findLastIndex(({ role }) => role === "user");
  const last = turns[at];
  if (last?.role !== "user") return undefined;

  const read = readContent(last.content, catalog, index);
  const models = selectModels(read.choices, read.excluded, modalitiesOf(last.content), catalog, index);
  const recognised = models.length > 0;
  const task = recognised ? taskOf(read.content, last, turns.slice(0, at), catalog, index) : last;
  return { recognised, requests: assembleBodies(messages, recognised ? models : [defaultModel], task.content) };
}

type ReadContent = ReturnType<typeof readContent>;

/** Reads the first text that says whom to ask; other parts stay as they are. */
function readContent(content: MessageContent, catalog: BuilderCatalog, index: NameIndex) {
  if (typeof content === "string") {
    const { task, ...wish } = readInstruction(content, catalog, index);
    return { ...wish, content: task };
  }
  const parts: ContentPart[] = [...content];
  for (const [at, part] of parts.entries()) {
    if (part.type !== "text") continue;
    const { task, ...wish } = readInstruction(part.text, catalog, index);
    if (wish.choices.length === 0) continue;
    if (task === "") parts.splice(at, 1);
    else parts[at] = { ...part, text: task };
    return { ...wish, content: parts };
  }
  return { choices: [], excluded: [], content };
}

/** The task that is left; that of an earlier message when the last one only says who else is to do it. */
function taskOf(
  content: ReadContent["content"],
  original: UserMessage,
  earlier: readonly ChatMessage[],
  catalog: BuilderCatalog,
  index: NameIndex,
): UserMessage {
  if (!isEmptyTask(content)) return { role: "user", content: unquoted(content) };
  for (const message of earlier.toReversed()) {
    if (message.role !== "user") continue;
    const read = readContent(message.content, catalog, index);
    if (!isEmptyTask(read.content)) return { role: "user", content: unquoted(read.content) };
  }
  return original;
}

function isEmptyTask(content: MessageContent): boolean {
  return typeof content === "string" ? SAME_TASK.test(content) : content.length === 0;
}

/** What is nothing but one text in quotes is that text. */
function unquoted(content: MessageContent): MessageContent {
  if (typeof content !== "string") return content;
  const [quote] = findProtectedSpans(content);
  const isWhole = quote?.start === 0 && quote.end === content.length && !content.startsWith("`");
  return isWhole ? content.slice(1, -1) : content;
}

type Modality = "image" | "file" | "audio" | "video";

function modalitiesOf(content: MessageContent): Modality[] {
  return typeof content === "string" ? [] : content.flatMap((part) => modalityOf(part) ?? []);
}

function modalityOf({ type }: ContentPart): Modality | undefined {
  switch (type) {
    case "text":
      return undefined;
    case "image_url":
      return "image";
    case "file":
      return "file";
    case "input_audio":
      return "audio";
    case "video_url":
    case "input_video":
      return "video";
  }
}
