import { newAnswer, newRound } from "@/lib/chatroom/answer-events";
import type { WholeRoom } from "@/lib/chatroom/foreign-room";
import { newRoom, newRoomModel, titleOf } from "@/lib/chatroom/new-room";
import type { AnswerState, Turn } from "@/lib/schemas/chatroom";
import type { Conversation } from "./read-conversation";

/** The last question was never asked: whoever opens the room sends it. */
const NOT_SENT: AnswerState = {
  kind: "failed",
  status: 0,
  message:
    "This is the request of the dry run, with all that it says. Nothing has been sent yet: “Try again” sends it.",
};

/** A room that is about to ask what a conversation asks, with everything that came before it. */
export function roomOfConversation(conversation: Conversation, newId: () => string, nowMs: number): WholeRoom {
  const { modelId, parameters, settings, before, question } = conversation;
  const model = { ...newRoomModel(newId(), modelId), parameters };
  const room = newRoom(newId(), [model], settings, nowMs);
  const turns: Turn[] = [];
  const add = (text: string, state: AnswerState, answerText: string) => {
    const parent = turns.at(-1);
    const [basis] = parent?.answers ?? [];
    const answer = newAnswer(newId(), model, "", nowMs);
    turns.push({
      id: newId(),
      roomId: room.id,
      parentId: parent?.id ?? null,
      basis: basis === undefined ? {} : { [model.slotId]: basis.id },
      // In their order, wherever they are put in order by time.
      createdMs: nowMs + turns.length,
      text,
      attachments: [],
      answers: [
        { ...answer, state, rounds: answerText === "" ? [] : [{ ...newRound(""), modelId, text: answerText }] },
      ],
      shown: {},
    });
  };
  for (const step of before) add(step.question, { kind: "done" }, step.answer);
  add(question, NOT_SENT, "");
  return { room: { ...room, title: titleOf(question), updatedMs: nowMs }, turns };
}
