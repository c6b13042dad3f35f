import type { Room, Turn } from "@/lib/schemas/chatroom";
import { newAnswer, newRound } from "./answer-events";
import { DEFAULT_SETTINGS, MAX_ROOM_MODELS, newRoom, newRoomModel, titleOf } from "./new-room";

/** A message of another chat program, as far as all of them agree. */
export type ForeignMessage = {
  id: string;
  /** `null` for a first one. */
  parentId: string | null;
  role: "user" | "assistant";
  text: string;
  reasoning: string;
  modelId: string;
  createdMs: number;
};

export type ForeignRoom = {
  title: string;
  isPinned: boolean;
  createdMs: number;
  systemPrompt: string;
  messages: readonly ForeignMessage[];
  /** The last message in view. */
  currentId: string | null;
};

export type WholeRoom = { room: Room; turns: Turn[] };

const UNKNOWN_MODEL = "openrouter/auto";

/**
 * A room out of another program's messages: a question and the answers below it become a turn, other wordings and other
 * answers its branches and versions. Answers that follow each other directly are one.
 */
export function roomFromForeign(foreign: ForeignRoom, newId: () => string): WholeRoom {
  const byId = new Map(foreign.messages.map((message) => [message.id, message]));
  const slotOf = new Map<string, string>();
  for (const { role, modelId } of foreign.messages) {
    if (role === "assistant" && !slotOf.has(modelId)) slotOf.set(modelId, newId());
  }
  const turnOf = new Map<string, Turn>();
  const roomId = newId();
  const ordered = foreign.messages.toSorted((one, other) => one.createdMs - other.createdMs);
  for (const message of ordered) {
    if (message.role !== "user") continue;
    turnOf.set(message.id, {
      id: newId(),
      roomId,
      parentId: null,
      basis: {},
      createdMs: message.createdMs,
      text: message.text,
      attachments: [],
      answers: [],
      shown: {},
    });
  }
  /** The answers that a message follows, nearest last, and the question above them. */
  const above = (message: ForeignMessage) => {
    const answers: ForeignMessage[] = [];
    const seen = new Set<string>();
    let parent = byId.get(message.parentId ?? "");
    while (parent !== undefined && parent.role === "assistant" && !seen.has(parent.id)) {
      seen.add(parent.id);
      answers.unshift(parent);
      parent = byId.get(parent.parentId ?? "");
    }
    return { answers, question: parent?.role === "user" ? parent : undefined };
  };
  const goesOn = new Set(
    foreign.messages.filter(({ role }) => role === "assistant").map(({ parentId }) => parentId ?? ""),
  );
  const answerIdOf = new Map<string, { slotId: string; answerId: string }>();
  for (const message of ordered) {
    // Only the last of several in a row: the ones above it become its rounds.
    if (message.role !== "assistant" || goesOn.has(message.id)) continue;
    const { answers, question } = above(message);
    const turn = turnOf.get(question?.id ?? "");
    const slotId = slotOf.get(message.modelId);
    if (turn === undefined || slotId === undefined) continue;
    const all = [...answers, message];
    const modelId = message.modelId === "" ? UNKNOWN_MODEL : message.modelId;
    const answer = newAnswer(newId(), { slotId, modelId }, "", message.createdMs);
    turn.answers.push({
      ...answer,
      state: { kind: "done" },
      rounds: [
        {
          ...newRound(""),
          modelId,
          text: all
            .map(({ text }) => text)
            .filter((text) => text !== "")
            .join("\n\n"),
          reasoning: all
            .map(({ reasoning }) => reasoning)
            .filter((text) => text !== "")
            .join("\n\n"),
          finishReason: "stop",
        },
      ],
    });
    for (const { id } of all) answerIdOf.set(id, { slotId, answerId: answer.id });
  }
  for (const message of ordered) {
    const turn = turnOf.get(message.id);
    if (turn === undefined) continue;
    const { answers, question } = above(message);
    const parent = byId.get(message.parentId ?? "");
    const below = turnOf.get((parent?.role === "user" ? parent : question)?.id ?? "");
    const basis = answerIdOf.get(answers.at(-1)?.id ?? "");
    turn.parentId = below?.id ?? null;
    if (basis !== undefined) turn.basis = { [basis.slotId]: basis.answerId };
  }
  const turns = [...turnOf.values()];
  const models = [...slotOf].map(([modelId, slotId]) => newRoomModel(slotId, modelId === "" ? UNKNOWN_MODEL : modelId));
  const title = foreign.title.trim() === "" ? titleOf(turns[0]?.text ?? "") : foreign.title.trim();
  const updatedMs = Math.max(foreign.createdMs, ...foreign.messages.map(({ createdMs }) => createdMs));
  const room: Room = {
    ...newRoom(
      roomId,
      models.slice(-MAX_ROOM_MODELS),
      { ...DEFAULT_SETTINGS, systemPrompt: foreign.systemPrompt },
      foreign.createdMs,
    ),
    title,
    isNamed: true,
    isPinned: foreign.isPinned,
    updatedMs,
  };
  return { room: inView(room, foreign, byId, turnOf, turns, answerIdOf), turns };
}

/** The room, and its turns changed, so that what was in view there is in view here. */
function inView(
  room: Room,
  { currentId }: ForeignRoom,
  byId: ReadonlyMap<string, ForeignMessage>,
  turnOf: ReadonlyMap<string, Turn>,
  turns: readonly Turn[],
  answerIdOf: ReadonlyMap<string, { slotId: string; answerId: string }>,
): Room {
  const shown: Record<string, string> = {};
  const seen = new Set<string>();
  let answer: { slotId: string; answerId: string } | undefined;
  for (let message = byId.get(currentId ?? ""); message !== undefined && !seen.has(message.id); ) {
    seen.add(message.id);
    const turn = turnOf.get(message.id);
    if (turn === undefined) answer ??= answerIdOf.get(message.id);
    else {
      shown[turn.parentId ?? ""] = turn.id;
      const own = turns.find(({ id }) => id === turn.id);
      if (own !== undefined && answer !== undefined) own.shown = { ...own.shown, [answer.slotId]: answer.answerId };
      answer = undefined;
    }
    message = byId.get(message.parentId ?? "");
  }
  return { ...room, shown };
}
