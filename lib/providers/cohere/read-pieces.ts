import type { Annotation, Logprobs } from "@/lib/schemas/chat-completion";
import { isRecord, listOf, recordOf, textOf } from "../json";

/** Sources of the web that a citation rests on; those without an address have no counterpart in our format. */
export function annotationsOf(value: unknown): readonly Annotation[] {
  const citation = recordOf(value);
  return listOf(citation?.sources).flatMap((source): Annotation[] => {
    const known = recordOf(source);
    const document = recordOf(known?.document) ?? recordOf(known?.tool_output);
    const url = textOf(document?.url);
    if (url === undefined) return [];
    const title = textOf(document?.title);
    const content = textOf(citation?.text);
    const { start, end } = citation ?? {};
    return [
      {
        type: "url_citation",
        url_citation: {
          url,
          ...(title === undefined ? {} : { title }),
          ...(content === undefined ? {} : { content }),
          ...(typeof start === "number" ? { start_index: start } : {}),
          ...(typeof end === "number" ? { end_index: end } : {}),
        },
      },
    ];
  });
}

/** Probabilities of pieces of text, each of one or more tokens; `undefined` when there are none. */
export function logprobsOf(value: unknown): Logprobs | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const content = items.flatMap((item) => {
    if (!isRecord(item)) return [];
    const numbers = listOf(item.logprobs).filter((number) => typeof number === "number");
    const token = textOf(item.text);
    if (token === undefined || numbers.length === 0) return [];
    const logprob = numbers.reduce((sum, number) => sum + number, 0);
    return [{ token, logprob, bytes: null, top_logprobs: [] }];
  });
  return content.length === 0 ? undefined : { content, refusal: null };
}
