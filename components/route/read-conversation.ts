import { DEFAULT_SETTINGS } from "@/lib/chatroom/new-room";
import type { RoomSettings } from "@/lib/schemas/chatroom";
import { type ModelParameters, modelParametersSchema } from "@/lib/schemas/model-parameters";
import { providerPreferencesSchema } from "@/lib/schemas/provider-preferences";
import { ASPECT_RATIOS, REASONING_CHOICES } from "@/lib/schemas/room-choices";
import type { RequestBody } from "./request-form";

/** A request as a room of the chat asks it: sent from there it is the same body again, streamed. */
export type Conversation = {
  kind: "conversation";
  modelId: string;
  parameters: ModelParameters;
  settings: RoomSettings;
  /** Questions with their answers, oldest first, before the one that is to be asked. */
  before: readonly { question: string; answer: string }[];
  question: string;
};

/** Fields, by their names in the body, that a room has no place for. */
export type Uncarried = { kind: "uncarried"; fields: readonly string[] };

type Part = Partial<Pick<Conversation, "modelId" | "parameters" | "before" | "question">> & {
  settings?: Partial<RoomSettings>;
};

type Found = Pick<Conversation, "before" | "parameters" | "settings"> & Partial<Conversation>;

/** What a field means for a room; `undefined`: the room cannot say it. */
type Reader = (value: unknown, body: RequestBody) => Part | undefined;

const NOTHING: Part = {};

const READERS: Readonly<Record<string, Reader>> = {
  model: (value) => (typeof value === "string" && value !== "" ? { modelId: value } : undefined),
  models: (value, body) => {
    const [only, ...rest] = Array.isArray(value) ? value : [null];
    if (only === undefined || (rest.length === 0 && only === body.model)) return NOTHING;
    return typeof only === "string" && rest.length === 0 && isAbsent(body.model) ? { modelId: only } : undefined;
  },
  messages: readMessages,
  prompt: (value, body) => (typeof value === "string" && isAbsent(body.messages) ? { question: value } : undefined),
  // The chat always streams, and asks for usage; the answer is the same.
  stream: (value) => (typeof value === "boolean" ? NOTHING : undefined),
  stream_options: () => NOTHING,
  usage: () => NOTHING,
  max_completion_tokens: (value, body) => (isAbsent(body.max_tokens) ? parameter("max_tokens", value) : undefined),
  provider: (value) => {
    const provider = providerPreferencesSchema.safeParse(value).data;
    return provider === undefined ? undefined : { settings: { provider } };
  },
  preset: (value) => (typeof value === "string" && value !== "" ? { settings: { preset: value } } : undefined),
  reasoning: readReasoning,
  reasoning_effort: (value, body) => (isAbsent(body.reasoning) ? readReasoning({ effort: value }) : undefined),
  plugins: (value) => {
    if (!Array.isArray(value)) return undefined;
    if (value.length === 0) return NOTHING;
    return same(value, [{ id: "web" }]) ? { settings: { web: true } } : undefined;
  },
  modalities: (value) => {
    if (!Array.isArray(value)) return undefined;
    const words = value.toSorted();
    if (same(words, ["text"])) return NOTHING;
    return same(words, ["image", "text"]) ? { settings: { image: true } } : undefined;
  },
  image_config: (value, { modalities }) => {
    const ratio = ASPECT_RATIOS.find((known) => same(value, { aspect_ratio: known }));
    const asksForImage = Array.isArray(modalities) && modalities.includes("image");
    return ratio === undefined || !asksForImage ? undefined : { settings: { aspectRatio: ratio } };
  },
  tools: (value) => (same(value, []) ? NOTHING : undefined),
};

/** Reads a body as a conversation of the chat, or says which of its fields the chat has no place for. */
export function readConversation(body: RequestBody): Conversation | Uncarried {
  const fields: string[] = [];
  let found: Found = { before: [], parameters: {}, settings: DEFAULT_SETTINGS };
  for (const [name, value] of Object.entries(body)) {
    if (isAbsent(value)) continue;
    const part = Object.hasOwn(READERS, name) ? READERS[name]?.(value, body) : parameter(name, value);
    if (part === undefined) {
      fields.push(name);
      continue;
    }
    const parameters = { ...found.parameters, ...part.parameters };
    const settings = { ...found.settings, ...part.settings };
    found = { ...found, ...part, parameters, settings };
  }
  const { modelId, question } = found;
  if (modelId === undefined && !fields.includes("models") && !fields.includes("model")) fields.unshift("model");
  if (question === undefined && !fields.includes("messages") && !fields.includes("prompt")) fields.push("messages");
  if (modelId === undefined || question === undefined || fields.length > 0) return { kind: "uncarried", fields };
  return { kind: "conversation", ...found, modelId, question };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What the room keeps for each of its models: temperature and the like. Its system prompt is no field of a request. */
const fieldSchemas = modelParametersSchema.omit({ systemPrompt: true });

function parameter(name: string, value: unknown): Part | undefined {
  if (!Object.hasOwn(fieldSchemas.shape, name)) return undefined;
  const parameters = fieldSchemas.safeParse({ [name]: value }).data;
  return parameters === undefined ? undefined : { parameters };
}

function readReasoning(value: unknown): Part | undefined {
  if (same(value, {})) return NOTHING;
  if (same(value, { enabled: false })) return { settings: { reasoning: "off" } };
  const choice = REASONING_CHOICES.find((known) => same(value, { effort: known }));
  return choice === undefined || choice === "auto" || choice === "off"
    ? undefined
    : { settings: { reasoning: choice } };
}

/** Texts that take turns: a system prompt first if there is one, and a question last. */
function readMessages(value: unknown): Part | undefined {
  const said = Array.isArray(value) ? value.map(readMessage) : [];
  const system = said[0]?.role === "system" ? said[0].text : undefined;
  // A system prompt of nothing but space is none to the chat.
  if (system?.trim() === "") return undefined;
  const turns = system === undefined ? said : said.slice(1);
  const question = turns.at(-1);
  if (question === undefined) return undefined;
  const before: { question: string; answer: string }[] = [];
  for (const [index, turn] of turns.entries()) {
    if (turn === undefined || turn.role !== (index % 2 === 0 ? "user" : "assistant") || turn.text === "")
      return undefined;
    const asked = turns[index - 1];
    if (turn.role === "assistant" && asked !== undefined) before.push({ question: asked.text, answer: turn.text });
  }
  if (question.role !== "user") return undefined;
  return { question: question.text, before, ...(system === undefined ? {} : { settings: { systemPrompt: system } }) };
}

/** `undefined`: there is more to it than a text. */
function readMessage(message: unknown): { role: string; text: string } | undefined {
  if (typeof message !== "object" || message === null || !("role" in message) || !("content" in message))
    return undefined;
  const { role, content, ...rest } = message;
  const text = textOf(content);
  return typeof role !== "string" || text === undefined || Object.keys(rest).length > 0 ? undefined : { role, text };
}

function textOf(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  const [part, ...others] = Array.isArray(content) ? content : [];
  return others.length === 0 && typeof part?.text === "string" && same(part, { type: "text", text: part.text })
    ? part.text
    : undefined;
}
