import type { Answer, Round, Turn } from "@/lib/schemas/chatroom";
import { newRound } from "./answer-events";

/** For tests: a turn with what matters to one. */
export function testTurn(id: string, given: Partial<Turn> = {}): Turn {
  return {
    id,
    roomId: "room",
    parentId: null,
    basis: {},
    createdMs: 0,
    text: `question ${id}`,
    attachments: [],
    answers: [],
    shown: {},
    ...given,
  };
}

/** For tests: a whole answer. */
export function testAnswer(id: string, slotId: string, given: Partial<Answer> = {}): Answer {
  return {
    id,
    slotId,
    requestedModelId: "acme/one",
    createdMs: 0,
    state: { kind: "done" },
    rounds: [testRound({ text: `answer ${id}` })],
    firstTokenMs: 100,
    totalMs: 1_100,
    ...given,
  };
}

/** For tests: what came of one request. */
export function testRound(given: Partial<Round> = {}): Round {
  return { ...newRound("stream"), ...given };
}
