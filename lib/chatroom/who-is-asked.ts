import type { ChatModel } from "@/lib/schemas/chat-model";
import type { FileReference, RoomModel, RoomSettings } from "@/lib/schemas/chatroom";

/** What a model takes and gives. */
type Abilities = Pick<ChatModel, "inputs" | "outputs">;

type Asking = {
  models: readonly RoomModel[];
  settings: Pick<RoomSettings, "image">;
  attachments: readonly Pick<FileReference, "kind">[];
  /** `undefined` of a model that is not known any more: the server will say so. */
  factOf: (modelId: string) => Abilities | undefined;
};

export type Asked = {
  asked: RoomModel[];
  /** Those that could not answer this question, though they are not muted: "does not see images". */
  passedOver: { model: RoomModel; reason: string }[];
};

/**
 * Which of a room's models a question goes to: those that are not muted, and can read what is attached; in image mode
 * those that draw. PDFs and text can be read by all, since the server reads them for models that cannot.
 */
export function whoIsAsked({ models, settings, attachments, factOf }: Asking): Asked {
  const kinds = new Set(attachments.map(({ kind }) => kind));
  const result: Asked = { asked: [], passedOver: [] };
  for (const model of models) {
    if (model.isMuted) continue;
    const fact = factOf(model.modelId);
    const reason = fact === undefined ? undefined : reasonAgainst(fact, settings.image, kinds);
    if (reason === undefined) result.asked.push(model);
    else result.passedOver.push({ model, reason });
  }
  return result;
}

function reasonAgainst(
  { inputs, outputs }: Abilities,
  isDrawing: boolean,
  kinds: ReadonlySet<FileReference["kind"]>,
): string | undefined {
  if (isDrawing && !outputs.includes("image")) return "does not draw";
  if (kinds.has("image") && !inputs.includes("image")) return "does not see images";
  if (kinds.has("audio") && !inputs.includes("audio")) return "does not hear recordings";
  return undefined;
}
