import { type Found, findWords, type SaidTurn, saidIn } from "./find-words";
import type { RoomStore } from "./room-store";

/** The newest place of each room where the words were said, by the room's id. */
export type RoomHits = ReadonlyMap<string, Found>;

/**
 * Looks for words in all that was said in the rooms that are kept. While a query grows, only what was found for its
 * beginning is looked through again, without asking the store.
 */
export class RoomSearch {
  private readonly store: Pick<RoomStore, "scanTurns">;
  private last: { words: readonly string[]; said: readonly SaidTurn[] } | undefined;

  constructor(store: Pick<RoomStore, "scanTurns">) {
    this.store = store;
  }

  /** Something was written since: the next query reads everything anew. */
  forget(): void {
    this.last = undefined;
  }

  /**
   * @param words in small letters, see `wordsOf`
   * @param onSome is given what has been found so far, while it goes on
   * @returns all that was found; `undefined` when it was given up
   */
  async find(
    words: readonly string[],
    signal: AbortSignal,
    onSome: (hits: RoomHits) => void,
  ): Promise<RoomHits | undefined> {
    const { last } = this;
    if (last?.words.every((old) => words.some((word) => word.includes(old)))) {
      return this.keep(words, last.said);
    }
    const said: SaidTurn[] = [];
    const hits = new Map<string, DatedHit>();
    await this.store.scanTurns((turns) => {
      if (signal.aborted) return;
      const found = turns.map(saidIn).filter((turn) => takeHit(hits, turn, words));
      said.push(...found);
      if (found.length > 0) onSome(new Map(hits));
    }, signal);
    if (signal.aborted) return undefined;
    this.last = { words, said };
    return hits;
  }

  private keep(words: readonly string[], said: readonly SaidTurn[]): RoomHits {
    const hits = new Map<string, DatedHit>();
    this.last = { words, said: said.filter((turn) => takeHit(hits, turn, words)) };
    return hits;
  }
}

type DatedHit = Found & { createdMs: number };

/** @returns whether the words were said there; the newest place of its room is taken */
function takeHit(hits: Map<string, DatedHit>, said: SaidTurn, words: readonly string[]): boolean {
  const found = findWords(said, words);
  if (found === undefined) return false;
  if ((hits.get(said.roomId)?.createdMs ?? 0) <= said.createdMs) {
    hits.set(said.roomId, { ...found, createdMs: said.createdMs });
  }
  return true;
}
