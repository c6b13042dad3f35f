import { z } from "zod";
import { annotationSchema, finishReasonSchema } from "./chat-completion";
import { reasoningDetailSchema } from "./chat-request";
import { modelParametersSchema } from "./model-parameters";
import { providerPreferencesSchema } from "./provider-preferences";
import { ASPECT_RATIOS, PDF_ENGINES, REASONING_CHOICES } from "./room-choices";

// The shapes of the chatroom: what the browser keeps, and what an exported file holds. Nothing of it is on the server.

const idSchema = z.string().min(1).max(200);
const millisecondsSchema = z.number().nonnegative();

export const attachmentKindSchema = z.enum(["image", "pdf", "audio", "text"]);
export type AttachmentKind = z.infer<typeof attachmentKindSchema>;

/** A file that a message names; its bytes are kept beside the messages. */
export const fileReferenceSchema = z.object({
  id: idSchema,
  name: z.string(),
  mediaType: z.string(),
  kind: attachmentKindSchema,
  bytes: z.int().nonnegative(),
  /** Of a PDF, as far as it can be told without reading it whole. */
  pages: z.int().positive().optional(),
});
export type FileReference = z.infer<typeof fileReferenceSchema>;

export const toolStepSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** JSON, as the model wrote it. */
  arguments: z.string(),
  /** `null` until it has run. */
  result: z.string().nullable(),
  isError: z.boolean(),
});
export type ToolStep = z.infer<typeof toolStepSchema>;

export const answerUsageSchema = z.object({
  promptTokens: z.number(),
  completionTokens: z.number(),
  reasoningTokens: z.number(),
  cachedTokens: z.number(),
  costUsd: z.number(),
});
export type AnswerUsage = z.infer<typeof answerUsageSchema>;

/** What came of one request. An answer has several when tools were called in it, or when it was continued. */
export const roundSchema = z.object({
  /** By which the server's short copy of the stream is found again after a reload. */
  streamId: z.string(),
  generationId: z.string().nullable(),
  modelId: z.string().nullable(),
  provider: z.string().nullable(),
  text: z.string(),
  reasoning: z.string(),
  /** Signed or encrypted pieces must go back exactly as they came. */
  reasoningDetails: z.array(reasoningDetailSchema),
  images: z.array(fileReferenceSchema),
  annotations: z.array(annotationSchema),
  toolSteps: z.array(toolStepSchema),
  finishReason: finishReasonSchema.nullable(),
  usage: answerUsageSchema.nullable(),
});
export type Round = z.infer<typeof roundSchema>;

export const answerStateSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("waiting") }),
  z.object({ kind: z.literal("streaming") }),
  /** A tool is to be allowed, or is at work. */
  z.object({ kind: z.literal("tools") }),
  z.object({ kind: z.literal("done") }),
  /** By the reader. */
  z.object({ kind: z.literal("stopped") }),
  /** The network or the server went away, or the page was closed; what arrived is kept. */
  z.object({ kind: z.literal("lost") }),
  /** The API said what is wrong; `metadata` is what it added, such as every endpoint that was excluded. */
  z.object({ kind: z.literal("failed"), status: z.number(), message: z.string(), metadata: z.unknown().optional() }),
]);
export type AnswerState = z.infer<typeof answerStateSchema>;

export const answerSchema = z.object({
  id: idSchema,
  /** Which of the room's models it is of. */
  slotId: idSchema,
  /** What was asked for; a round's `modelId` is what answered. */
  requestedModelId: z.string(),
  createdMs: millisecondsSchema,
  state: answerStateSchema,
  rounds: z.array(roundSchema),
  /** From sending to the first piece of the answer. */
  firstTokenMs: millisecondsSchema.nullable(),
  /** From sending to the last piece so far. */
  totalMs: millisecondsSchema.nullable(),
});
export type Answer = z.infer<typeof answerSchema>;

/** A question with all that came of it: a node of the room's tree. */
export const turnSchema = z.object({
  id: idSchema,
  roomId: idSchema,
  /** The turn before; `null` for the first. Turns with the same one are branches. */
  parentId: idSchema.nullable(),
  /** The answers of the turn before that this one goes on from, by slot: another version of one starts a branch. */
  basis: z.record(z.string(), idSchema),
  createdMs: millisecondsSchema,
  text: z.string(),
  attachments: z.array(fileReferenceSchema),
  answers: z.array(answerSchema),
  /** Which version of each slot's answer is in view; absent: the newest. */
  shown: z.record(z.string(), idSchema),
});
export type Turn = z.infer<typeof turnSchema>;

export const roomModelSchema = z.object({
  slotId: idSchema,
  modelId: z.string(),
  isMuted: z.boolean(),
  parameters: modelParametersSchema,
});
export type RoomModel = z.infer<typeof roomModelSchema>;

const reasoningChoiceSchema = z.enum(REASONING_CHOICES);

export const roomSettingsSchema = z.object({
  systemPrompt: z.string(),
  /** A preset's slug; empty for none. */
  preset: z.string(),
  provider: providerPreferencesSchema.nullable(),
  web: z.boolean(),
  reasoning: reasoningChoiceSchema,
  image: z.boolean(),
  aspectRatio: z.enum(ASPECT_RATIOS).nullable(),
  pdfEngine: z.enum(PDF_ENGINES),
  tools: z.boolean(),
  /** How many turns are sent along at most; `null` for all. */
  memory: z.int().min(0).nullable(),
});
export type RoomSettings = z.infer<typeof roomSettingsSchema>;

export const roomSchema = z.object({
  id: idSchema,
  /** Empty until the first question; then its beginning, unless the person named it. */
  title: z.string(),
  isNamed: z.boolean(),
  isPinned: z.boolean(),
  createdMs: millisecondsSchema,
  updatedMs: millisecondsSchema,
  models: z.array(roomModelSchema),
  settings: roomSettingsSchema,
  /** Which branch is in view below each turn; `""` stands for the beginning. */
  shown: z.record(z.string(), idSchema),
});
export type Room = z.infer<typeof roomSchema>;

export const EXPORT_FORMAT = "signalbox-chat";
export const EXPORT_VERSION = 1;

/** One file: rooms with their turns, and every attachment and picture in base64. Described in lib/chatroom/README.md. */
export const chatExportSchema = z
  .object({
    format: z.literal(EXPORT_FORMAT),
    version: z.literal(EXPORT_VERSION),
    exportedAt: z.string(),
    rooms: z.array(roomSchema.extend({ turns: z.array(turnSchema) })),
    files: z.array(fileReferenceSchema.extend({ roomId: idSchema, data: z.base64() })),
  })
  .superRefine(({ rooms, files }, context) => {
    // What names another room would be kept where nobody finds it, or in the place of somebody's else.
    const roomIds = new Set(rooms.map(({ id }) => id));
    for (const [index, { id, turns }] of rooms.entries()) {
      const at = turns.findIndex(({ roomId }) => roomId !== id);
      if (at >= 0)
        context.addIssue({ code: "custom", path: ["rooms", index, "turns", at], message: "is of another room" });
    }
    const at = files.findIndex(({ roomId }) => !roomIds.has(roomId));
    if (at >= 0)
      context.addIssue({ code: "custom", path: ["files", at], message: "is of a room that is not in the file" });
  });
export type ChatExport = z.infer<typeof chatExportSchema>;
