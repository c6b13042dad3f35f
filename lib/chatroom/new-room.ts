import type { Room, RoomModel, RoomSettings } from "@/lib/schemas/chatroom";

/** More answers at once would take all connections that a browser opens to one host. */
export const MAX_ROOM_MODELS = 5;

export const DEFAULT_SETTINGS: RoomSettings = {
  systemPrompt: "",
  preset: "",
  provider: null,
  web: false,
  reasoning: "auto",
  image: false,
  aspectRatio: null,
  pdfEngine: "auto",
  tools: false,
  memory: null,
};

/** A model's place in a room: the same model may have several. */
export function newRoomModel(slotId: string, modelId: string): RoomModel {
  return { slotId, modelId, isMuted: false, parameters: {} };
}

/** A model as it is asked in that place of a room: with the parameters it has there, if it is there. */
export function askedModelOf({ models }: Pick<Room, "models">, slotId: string, modelId: string): RoomModel {
  const own = models.find((model) => model.slotId === slotId);
  return { ...newRoomModel(slotId, modelId), parameters: own?.modelId === modelId ? own.parameters : {} };
}

export function newRoom(id: string, models: readonly RoomModel[], settings: RoomSettings, nowMs: number): Room {
  return {
    id,
    title: "",
    isNamed: false,
    isPinned: false,
    createdMs: nowMs,
    updatedMs: nowMs,
    models: [...models],
    settings,
    shown: {},
  };
}

const MAX_TITLE_CHARS = 60;

/** The beginning of a question, whole words, as the name of its room. */
export function titleOf(question: string): string {
  const line = question.trim().replace(/\s+/g, " ");
  if (line.length <= MAX_TITLE_CHARS) return line;
  const cut = line.slice(0, MAX_TITLE_CHARS);
  const space = cut.lastIndexOf(" ");
  return `${cut.slice(0, space > MAX_TITLE_CHARS / 2 ? space : MAX_TITLE_CHARS)}…`;
}
