import type { Answer, FileReference, Room, RoomModel, Round, Turn } from "@/lib/schemas/chatroom";
import type { ReasoningChoice } from "@/lib/schemas/room-choices";
import type { PathStep } from "./branches";

export type RequestMessage = Readonly<Record<string, unknown>>;
export type RequestBody = Readonly<Record<string, unknown>> & { messages: readonly RequestMessage[] };

/** A function that the model may call, as the request names it. */
export type OfferedTool = { name: string; description: string; parameters: Readonly<Record<string, unknown>> };

/** What is sent of a file: text as it is, everything else in base64. */
export type FileContents = ReadonlyMap<string, string>;

type RequestParts = {
  room: Pick<Room, "settings">;
  model: RoomModel;
  /** The turns before the question, oldest first. */
  before: readonly PathStep[];
  question: Pick<Turn, "text" | "attachments">;
  /** What this answer consists of so far, when it goes on: after tools, or after it broke off. */
  rounds?: readonly Round[];
  files: FileContents;
  tools?: readonly OfferedTool[];
  /** What the model takes besides text. What it does not is named and not shown; left out: it takes everything. */
  inputs?: readonly string[];
  /** Unless the model's own parameters say how long its answer may be. */
  maxTokens?: number;
};

const ALL_INPUTS: readonly string[] = ["image", "audio"];

const CONTINUE = "Go on exactly where your last message ends. Repeat nothing of it and add no introduction.";

/** The body of a chat completion that asks one of a room's models the question, with what was said before. */
export function buildRequest(parts: RequestParts): RequestBody {
  const { room, model, question, files, rounds = [], tools = [], inputs = ALL_INPUTS, maxTokens } = parts;
  const { settings } = room;
  const { systemPrompt: ownPrompt = "", ...parameters } = model.parameters;
  const systemPrompt = ownPrompt.trim() === "" ? settings.systemPrompt : ownPrompt;
  const before =
    settings.memory === null ? parts.before : settings.memory === 0 ? [] : parts.before.slice(-settings.memory);
  const history = before.flatMap((step) => messagesOf(step, model.slotId, files, inputs));
  const goesOn = rounds.some(({ text, toolSteps }) => text !== "" || toolSteps.length > 0);
  const last = rounds.at(-1);
  const isBrokenOff = last !== undefined && last.toolSteps.length === 0 && last.text !== "";
  return {
    model: model.modelId,
    messages: [
      ...(systemPrompt.trim() === "" ? [] : [{ role: "system", content: systemPrompt }]),
      ...history,
      userMessageOf(question, files, inputs),
      ...(goesOn ? roundMessagesOf(rounds) : []),
      ...(isBrokenOff ? [{ role: "user", content: CONTINUE }] : []),
    ],
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...parameters,
    ...(settings.preset === "" ? {} : { preset: settings.preset }),
    ...(settings.provider === null ? {} : { provider: settings.provider }),
    ...reasoningOf(settings.reasoning),
    ...(settings.image ? { modalities: ["image", "text"] } : {}),
    ...(settings.image && settings.aspectRatio !== null
      ? { image_config: { aspect_ratio: settings.aspectRatio } }
      : {}),
    ...pluginsOf(settings, [...before.flatMap(({ turn }) => turn.attachments), ...question.attachments]),
    ...(tools.length === 0 ? {} : { tools: tools.map((tool) => ({ type: "function", function: tool })) }),
  };
}

/** The files that a request will hold: what must be read before it can be built. */
export function filesOf({ before, question }: Pick<RequestParts, "before" | "question">): FileReference[] {
  const earlier = before.flatMap(({ turn, answers }) => [
    ...turn.attachments,
    ...answers.flatMap(({ answer }) => answer.rounds.flatMap(({ images }) => images)),
  ]);
  return [...earlier, ...question.attachments];
}

function reasoningOf(choice: ReasoningChoice): Readonly<Record<string, unknown>> {
  if (choice === "auto") return {};
  return { reasoning: choice === "off" ? { enabled: false } : { effort: choice } };
}

function pluginsOf(
  settings: Room["settings"],
  attachments: readonly FileReference[],
): Readonly<Record<string, unknown>> {
  const plugins: Readonly<Record<string, unknown>>[] = [];
  if (settings.web) plugins.push({ id: "web" });
  if (settings.pdfEngine !== "auto" && attachments.some(({ kind }) => kind === "pdf")) {
    plugins.push({ id: "file-parser", pdf: { engine: settings.pdfEngine } });
  }
  return plugins.length === 0 ? {} : { plugins };
}

/** Nothing of a question that brought no answer: models take it for one they still have to give. */
function messagesOf(
  { turn, answers }: Pick<PathStep, "turn" | "answers">,
  slotId: string,
  files: FileContents,
  inputs: readonly string[],
): RequestMessage[] {
  const said = answers.map(({ answer }) => answer).filter(hasSomething);
  const answer = said.find((one) => one.slotId === slotId) ?? said[0];
  if (answer === undefined) return [];
  // A model has no use for what another one thought, and may refuse what another one signed.
  const rounds = answer.slotId === slotId ? answer.rounds : answer.rounds.map(asTold);
  const drawn = inputs.includes("image") ? answer.rounds.flatMap(({ images }) => images) : [];
  const pictures = drawn.flatMap((image) => partsOf(image, files, inputs));
  return [
    userMessageOf(turn, files, inputs),
    ...roundMessagesOf(rounds),
    ...(pictures.length === 0
      ? []
      : [{ role: "user", content: [{ type: "text", text: "The picture of your last answer:" }, ...pictures] }]),
  ];
}

function asTold(round: Round): Round {
  return { ...round, reasoning: "", reasoningDetails: [] };
}

function hasSomething({ rounds }: Answer): boolean {
  return rounds.some(({ text, toolSteps, images }) => text !== "" || toolSteps.length > 0 || images.length > 0);
}

function roundMessagesOf(rounds: readonly Round[]): RequestMessage[] {
  const messages: RequestMessage[] = [];
  for (const [index, round] of rounds.entries()) {
    const before = rounds[index - 1];
    const continued = before !== undefined && before.toolSteps.length === 0;
    const previous = messages.at(-1);
    if (continued && previous !== undefined && round.toolSteps.length === 0) {
      messages[messages.length - 1] = { ...previous, content: `${previous.content}${round.text}` };
      continue;
    }
    if (round.text === "" && round.toolSteps.length === 0 && round.images.length === 0) continue;
    const { reasoningDetails, annotations, toolSteps } = round;
    messages.push({
      role: "assistant",
      content: round.text,
      ...(reasoningDetails.length === 0 ? {} : { reasoning_details: reasoningDetails }),
      // With the annotations of a file that was read, it need not be read, and paid for, once more.
      ...(annotations.length === 0 ? {} : { annotations }),
      ...(toolSteps.length === 0
        ? {}
        : {
            tool_calls: toolSteps.map(({ id, name, arguments: given }) => ({
              id,
              type: "function",
              function: { name, arguments: given === "" ? "{}" : given },
            })),
          }),
    });
    for (const { id, result } of toolSteps) {
      messages.push({ role: "tool", tool_call_id: id, content: result ?? "Stopped before it gave a result." });
    }
  }
  return messages;
}

function userMessageOf(
  { text, attachments }: Pick<Turn, "text" | "attachments">,
  files: FileContents,
  inputs: readonly string[],
): RequestMessage {
  const parts = attachments.flatMap((file) => partsOf(file, files, inputs));
  if (parts.length === 0) return { role: "user", content: text };
  return { role: "user", content: [...(text === "" ? [] : [{ type: "text", text }]), ...parts] };
}

/** A file that is gone is left out: it was deleted, or never came with an imported room. */
function partsOf(
  { id, kind, name, mediaType }: FileReference,
  files: FileContents,
  inputs: readonly string[],
): RequestMessage[] {
  const content = files.get(id);
  if (content === undefined) return [];
  // Of an earlier question, mostly, which another model was asked: the whole request would be refused for it.
  if ((kind === "image" || kind === "audio") && !inputs.includes(kind)) {
    return [{ type: "text", text: `(Attached here, and not shown to you: ${name})` }];
  }
  switch (kind) {
    case "image":
      return [{ type: "image_url", image_url: { url: `data:${mediaType};base64,${content}` } }];
    case "pdf":
      return [{ type: "file", file: { filename: name, file_data: `data:application/pdf;base64,${content}` } }];
    case "audio":
      return [{ type: "input_audio", input_audio: { data: content, format: AUDIO_FORMATS[mediaType] ?? "mp3" } }];
    case "text":
      return [{ type: "text", text: `${name}:\n\n${fenced(content)}` }];
  }
}

/** The names that requests have for formats of sound. */
const AUDIO_FORMATS: Readonly<Record<string, string>> = {
  "audio/wav": "wav",
  "audio/mp3": "mp3",
  "audio/ogg": "ogg",
  "audio/flac": "flac",
  "audio/mp4": "m4a",
};

/** A fence longer than any in the text, so that nothing in it ends it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([fence]) => fence.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
