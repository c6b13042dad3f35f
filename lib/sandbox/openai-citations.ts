import type { Answer } from "@/lib/sandbox/question";

/** The pages that an answer cites, each with the place of its link in the text. */
export function openAiCitations(answer: Answer) {
  let length = 0;
  return answer.parts.flatMap((part) => {
    if (part.kind !== "text") return [];
    const start = length;
    length += part.text.length;
    if (part.page === undefined) return [];
    const { url, title } = part.page;
    return [{ type: "url_citation", url_citation: { url, title, start_index: start, end_index: length } }];
  });
}
