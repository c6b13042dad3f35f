import type { ChatModel } from "@/lib/schemas/chat-model";
import type { Room, RoomModel, Round, Turn } from "@/lib/schemas/chatroom";
import { isRunning } from "./answer-events";
import { pathOf, showingTurn } from "./branches";
import { buildRequest, filesOf, type OfferedTool, type RequestBody } from "./build-request";
import { contentOf } from "./file-contents";
import type { RoomStore } from "./room-store";

/** What must be known of a model to ask it. */
export type AskedModel = Pick<ChatModel, "inputs" | "outputs" | "usesTools" | "maxOutputTokens">;

type RequestOf = {
  room: Room;
  turns: readonly Turn[];
  /** The question. */
  turnId: string;
  model: RoomModel;
  /** What its answer consists of so far. */
  rounds: readonly Round[];
  store: Pick<RoomStore, "getFile">;
  fact: AskedModel | undefined;
  offeredTools: () => readonly OfferedTool[];
};

/**
 * What an answer may have when several models are asked at once, and nothing else is said. Each holds the credit of the
 * longest answer it could give: without a limit, the first would hold all that a small account has, and the others be
 * refused. An answer that is cut can be continued.
 */
const MAX_TOKENS_AMONG_SEVERAL = 8_000;

/** The request for one answer of a kept room: the way to its question, with the files that lie on it. */
export async function requestOf(asked: RequestOf): Promise<RequestBody> {
  const { room, turns, turnId, model, rounds, store, fact, offeredTools } = asked;
  const path = pathOf(showingTurn(room, turns, turnId), turns);
  const at = path.findIndex(({ turn }) => turn.id === turnId);
  const question = turns.find(({ id }) => id === turnId);
  if (question === undefined) throw new Error("the question was deleted");
  const before = path.slice(0, Math.max(0, at));
  const files = new Map<string, string>();
  for (const { id, kind } of filesOf({ before, question })) {
    const blob = await store.getFile(id);
    if (blob !== undefined) files.set(id, await contentOf(kind, blob));
  }
  const isOneOfSeveral = question.answers.filter(isRunning).length > 1;
  return buildRequest({
    room,
    model,
    before,
    question,
    rounds,
    files,
    tools: room.settings.tools && fact?.usesTools !== false ? offeredTools() : [],
    ...(fact === undefined ? {} : { inputs: fact.inputs }),
    ...(isOneOfSeveral
      ? { maxTokens: Math.min(MAX_TOKENS_AMONG_SEVERAL, fact?.maxOutputTokens ?? MAX_TOKENS_AMONG_SEVERAL) }
      : {}),
  });
}
