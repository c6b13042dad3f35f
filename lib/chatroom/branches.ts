import type { Answer, Room, Turn } from "@/lib/schemas/chatroom";

/** Stands for the beginning of a room in `room.shown`. */
const START = "";

/** One step of what is in view, and where it stands among its branches. */
export type PathStep = {
  turn: Turn;
  /** The answers in view, one a slot, in the order in which their models were asked. */
  answers: readonly ShownAnswer[];
  /** The other wordings of this question, itself included. */
  branch: { index: number; ids: readonly string[] };
};

export type ShownAnswer = { answer: Answer; version: { index: number; ids: readonly string[] } };

/**
 * The turns that are in view, from the first one on. A turn goes on from certain answers of the one before: when another
 * version of one of those is in view, so is another branch.
 */
export function pathOf(room: Pick<Room, "shown">, turns: readonly Turn[]): PathStep[] {
  const children = new Map<string, Turn[]>();
  for (const turn of turns) {
    const siblings = children.get(turn.parentId ?? START);
    if (siblings === undefined) children.set(turn.parentId ?? START, [turn]);
    else siblings.push(turn);
  }
  for (const siblings of children.values()) siblings.sort((one, other) => one.createdMs - other.createdMs);

  const path: PathStep[] = [];
  let parent: Turn | null = null;
  for (;;) {
    const parentId: string = parent?.id ?? START;
    const siblings: Turn[] = (children.get(parentId) ?? []).filter((turn) => goesOnFrom(turn, parent));
    const turn: Turn | undefined = siblings.find(({ id }) => id === room.shown[parentId]) ?? siblings.at(-1);
    // A file from elsewhere may hold a ring; nobody wrote one.
    if (turn === undefined || path.some((step) => step.turn.id === turn.id)) return path;
    const ids = siblings.map(({ id }) => id);
    path.push({ turn, answers: shownAnswersOf(turn), branch: { index: ids.indexOf(turn.id), ids } });
    parent = turn;
  }
}

/** The version in view of each slot's answer. */
export function shownAnswersOf(turn: Turn): ShownAnswer[] {
  const slots = [...new Set(turn.answers.map(({ slotId }) => slotId))];
  return slots.flatMap((slotId) => {
    const versions = turn.answers.filter((answer) => answer.slotId === slotId);
    const answer = versions.find(({ id }) => id === turn.shown[slotId]) ?? versions.at(-1);
    if (answer === undefined) return [];
    const ids = versions.map(({ id }) => id);
    return [{ answer, version: { index: ids.indexOf(answer.id), ids } }];
  });
}

/** What a new turn after this one goes on from. */
export function basisOf(parent: Turn | null): Record<string, string> {
  if (parent === null) return {};
  return Object.fromEntries(shownAnswersOf(parent).map(({ answer }) => [answer.slotId, answer.id]));
}

function goesOnFrom(turn: Turn, parent: Turn | null): boolean {
  if (parent === null) return true;
  const shown = basisOf(parent);
  return Object.entries(turn.basis).every(([slotId, answerId]) => {
    // An answer that was deleted takes no branch with it.
    const stillThere = parent.answers.some(({ id }) => id === answerId);
    return !stillThere || shown[slotId] === answerId;
  });
}

/** The turn and all that were asked after it, on every branch. */
export function withDescendants(turns: readonly Turn[], turnId: string): string[] {
  const found = new Set([turnId]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const { id, parentId } of turns) if (parentId !== null && found.has(parentId)) found.add(id);
  }
  return [...found];
}

/** The room with that turn in view, all the way from the beginning. */
export function showingTurn(room: Room, turns: readonly Turn[], turnId: string): Room {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const shown = { ...room.shown };
  const seen = new Set<string>();
  for (let turn = byId.get(turnId); turn !== undefined && !seen.has(turn.id); turn = byId.get(turn.parentId ?? "")) {
    seen.add(turn.id);
    shown[turn.parentId ?? START] = turn.id;
  }
  return { ...room, shown };
}

/**
 * What must be changed so that a turn is in view, and that answer of it: the branches that lead to it, and the answers
 * that each turn on the way goes on from.
 */
export function revealing(
  room: Room,
  turns: readonly Turn[],
  turnId: string,
  answerId: string | null,
): { room: Room; turns: readonly Turn[] } {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const changed: Turn[] = [];
  const show = (turn: Turn | undefined, shown: Turn["shown"]) => {
    if (turn === undefined) return;
    const differs = Object.entries(shown).some(([slotId, id]) => turn.shown[slotId] !== id);
    if (differs) changed.push({ ...turn, shown: { ...turn.shown, ...shown } });
  };
  const answer = byId.get(turnId)?.answers.find(({ id }) => id === answerId);
  if (answer !== undefined) show(byId.get(turnId), { [answer.slotId]: answer.id });
  const seen = new Set<string>();
  for (let turn = byId.get(turnId); turn !== undefined && !seen.has(turn.id); turn = byId.get(turn.parentId ?? "")) {
    seen.add(turn.id);
    const parent = byId.get(turn.parentId ?? "");
    const there = Object.entries(turn.basis).filter(([, id]) => parent?.answers.some((one) => one.id === id));
    show(parent, Object.fromEntries(there));
  }
  return { room: showingTurn(room, turns, turnId), turns: changed };
}
