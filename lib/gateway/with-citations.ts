import { citeResults } from "@/lib/plugins/web/cite-results";
import type { ChatChunk, ChatStream } from "@/lib/schemas/chat-chunk";
import type { SearchResult } from "@/lib/schemas/web-search";

type Group = readonly ChatChunk[];
const DONE = { value: undefined, done: true } as const;

/** The same chunks, and after the last of them the citations of what was found, if the answer has text. */
export function withCitations(stream: ChatStream, results: readonly SearchResult[]): ChatStream {
  const source = stream[Symbol.asyncIterator]();
  let text = "";
  let isOver = false;
  const onResult = (result: IteratorResult<Group>): IteratorResult<Group> => {
    if (result.done !== true) {
      for (const { delta } of result.value) text += delta?.content ?? "";
      return result;
    }
    if (isOver || text === "") return DONE;
    isOver = true;
    return { value: [{ delta: { annotations: citeResults(results, text) } }], done: false };
  };
  const iterator: AsyncIterableIterator<Group> = {
    next: () => (isOver ? Promise.resolve(DONE) : source.next().then(onResult)),
    return: () => source.return?.() ?? Promise.resolve(DONE),
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
