"use client";

import { useEffect, useMemo, useState } from "react";
import { wordsOf } from "@/lib/chatroom/find-words";
import { type RoomHits, RoomSearch } from "@/lib/chatroom/room-search";
import type { Room } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";

const PAUSE_MS = 120;
/** A single letter is in everything; a single Chinese character is a word. */
const WORTH_A_SEARCH = /\S\S|[^\s!-\u024f]/;

type Search = { words: readonly string[]; hits: RoomHits; isOver: boolean };

const NONE: Search = { words: [], hits: new Map(), isOver: true };

/** Where the words of a query were said in the rooms that are kept: looked for when the person pauses. */
export function useRoomHits(query: string, rooms: readonly Room[]): { hits: RoomHits; isSearching: boolean } {
  const { home } = useChat();
  const [search, setSearch] = useState(NONE);
  const { keptStore } = home;
  const roomSearch = useMemo(() => new RoomSearch(keptStore), [keptStore]);
  const isWanted = WORTH_A_SEARCH.test(query);
  const wanted = isWanted ? wordsOf(query).join(" ") : "";
  // What was found is no longer all when something was written.
  const writtenMs = rooms.reduce((newest, { updatedMs }) => Math.max(newest, updatedMs), rooms.length);

  // biome-ignore lint/correctness/useExhaustiveDependencies: its change is the event
  useEffect(() => roomSearch.forget(), [roomSearch, writtenMs]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: its change is the event
  useEffect(() => {
    if (wanted === "") {
      setSearch(NONE);
      return;
    }
    const words = wanted.split(" ");
    const abort = new AbortController();
    const show = (hits: RoomHits, isOver: boolean) => {
      if (!abort.signal.aborted) setSearch({ words, hits, isOver });
    };
    const timer = setTimeout(() => {
      void roomSearch
        .find(words, abort.signal, (hits) => show(hits, false))
        .then((hits) => hits !== undefined && show(hits, true))
        .catch((error: unknown) => home.onStorageError(error));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [roomSearch, wanted, writtenMs, home]);

  const isOfThese = search.words.join(" ") === wanted;
  // What was found for the beginning of a word is shown until the whole word has been looked for; anything else is not.
  const isNear = isOfThese || search.words.every((old) => wanted.includes(old));
  return { hits: isNear ? search.hits : NONE.hits, isSearching: wanted !== "" && !(isOfThese && search.isOver) };
}
