import { chooseToolCalls } from "@/lib/sandbox/choose-tool-calls";
import { drawPng } from "@/lib/sandbox/draw-png";
import { linkTo, readGivenPages } from "@/lib/sandbox/given-pages";
import type { PlayedPage } from "@/lib/sandbox/play-search";
import type { Answer, AnswerPart, PlayedSearch, Question } from "@/lib/sandbox/question";
import { condense, readHints } from "@/lib/sandbox/read-hints";
import { readWishes } from "@/lib/sandbox/read-wishes";
import { sampleOf } from "@/lib/sandbox/schema-sample";
import { hashOf, seededRandom } from "@/lib/sandbox/seeded-random";
import { countTokens, firstTokens } from "@/lib/sandbox/tokens";
import { type Materials, writeProse, writeReasoning } from "@/lib/sandbox/write-prose";

/** One picture, whatever its shape: about what image models bill for a megapixel. */
const IMAGE_TOKENS = 1290;

/**
 * The answer to a question: pure, and equal for equal questions. In order: reasoning if asked for, then tool calls, or
 * JSON in the wanted format, or prose with a picture if one was asked for. Ends at a stop sequence or at `maxTokens`,
 * whichever comes first; a tool call or a picture that does not fit whole is left out.
 */
export function composeAnswer(given: Question, promptTokens: number): Answer {
  const { text: userText, pages } = readGivenPages(given.userText);
  const question = pages.length === 0 ? given : { ...given, userText };
  const hints = readHints(question.userText);
  const seed = hashOf(`${question.seed ?? ""}|${question.model}|${question.userTurns}|${hints.text}`);
  const materials: Materials = {
    question,
    hints,
    wishes: readWishes(question.userText),
    promptTokens,
    random: seededRandom(seed),
  };
  const limit = question.maxTokens ?? Number.POSITIVE_INFINITY;
  const parts: AnswerPart[] = [];
  let tokens = 0;
  let reasoningTokens = 0;
  let imageTokens = 0;

  if (question.reasoning !== null) {
    // Reasoning counts against the limit; it leaves at least half for what is said.
    const budget = Math.min(question.reasoning.maxTokens, Math.floor(limit / 2));
    const text = firstTokens(writeReasoning(materials, question.reasoning.maxTokens), budget);
    reasoningTokens = countTokens(text);
    tokens += reasoningTokens;
    if (text !== "") parts.push({ kind: "reasoning", text });
  }

  let finish: Answer["finish"] = "stop";
  let stopSequence: string | null = null;
  for (const part of contentOf(materials, pages)) {
    const fitted = fitPart(part, question.stop, limit - tokens);
    if (fitted.part !== null) parts.push(fitted.part);
    tokens += fitted.tokens;
    if (part.kind === "image" && fitted.part !== null) imageTokens += fitted.tokens;
    if (part.kind === "toolCall" && fitted.part !== null) finish = "toolCalls";
    if (fitted.ended !== null) {
      finish = fitted.ended;
      stopSequence = fitted.stopSequence;
      break;
    }
  }
  return { parts, finish, stopSequence, completionTokens: tokens, reasoningTokens, imageTokens };
}

/** An answer that a provider's own filter held back, or that came out empty. */
export function silentAnswer(finish: "stop" | "refused"): Answer {
  return { parts: [], finish, stopSequence: null, completionTokens: 0, reasoningTokens: 0, imageTokens: 0 };
}

function contentOf(materials: Materials, givenPages: readonly PlayedPage[]): AnswerPart[] {
  const { question, hints } = materials;
  const calls = chooseToolCalls(question, hints);
  if (calls.length > 0) {
    const lead: AnswerPart[] = question.talksBeforeTools
      ? [
          {
            kind: "text",
            text: `I'll use ${[...new Set(calls.map((call) => `\`${call.name}\``))].join(" and ")} for that.`,
          },
        ]
      : [];
    return [...lead, ...calls.map((call): AnswerPart => ({ kind: "toolCall", ...call }))];
  }
  if (question.format.kind === "schema") return [jsonPart(sampleOf(question.format.schema, hints, "all"))];
  if (question.format.kind === "json") return [jsonPart(freeJson(materials))];
  if (question.image !== null) {
    const { aspectRatio } = question.image;
    const picture = drawPng(`${question.seed ?? ""}${hints.text}`, aspectRatio).toString("base64");
    const caption = `Here is a picture for “${condense(question.userText, 80)}”, ${aspectRatio}, drawn by the sandbox.`;
    return [
      { kind: "text", text: caption },
      { kind: "image", mediaType: "image/png", base64: picture },
    ];
  }
  const prose = writeProse(materials);
  // What the client began itself is not said again.
  const text =
    question.prefill !== "" && prose.startsWith(question.prefill) ? prose.slice(question.prefill.length) : prose;
  // Who wants certain words gets no others.
  if (materials.wishes.echo !== null || materials.wishes.words !== null) return [{ kind: "text", text }];
  const links = givenPages.length === 0 ? "" : `\n\nThe web says more: ${givenPages.map(linkTo).join(", ")}.`;
  return [{ kind: "text", text: `${text}${links}` }, ...citing(question.search)];
}

/** What a provider's own search found, cited as it does. */
function citing(search: Question["search"]): AnswerPart[] {
  if (search === undefined || search.pages.length === 0) return [];
  const { pages, style } = search;
  return pages.flatMap((page, index) => citationOf(page, index, style));
}

function citationOf(page: PlayedPage, index: number, style: PlayedSearch["style"]): AnswerPart[] {
  const between = (first: string, later: string): AnswerPart => ({ kind: "text", text: index === 0 ? first : later });
  const cite = (text: string): AnswerPart => ({ kind: "text", text, page });
  switch (style) {
    case "links":
      return [between("\n\nThe web says more: ", ", "), cite(linkTo(page))];
    case "marks":
      return [between("\n\nThe web says more ", " "), cite(`[${index + 1}]`)];
    case "sentences":
      return [between("\n\n", " "), cite(`${page.title}.`)];
  }
}

function jsonPart(value: unknown): AnswerPart {
  return { kind: "text", text: JSON.stringify(value, null, 2) };
}

/** JSON without a schema: the keys that the text names, else a summary of the request. */
function freeJson({ question, hints, promptTokens }: Materials): unknown {
  const named = /\b(?:keys?|fields?|properties)\b\s*:?\s+([\w"'`, ]+)/i.exec(question.userText)?.[1];
  const keys = (named ?? "")
    .split(/,| and /)
    .map((key) => key.replace(/["'`]/g, "").trim())
    .filter((key) => /^\w+$/.test(key));
  if (keys.length > 0)
    return sampleOf({ type: "object", properties: Object.fromEntries(keys.map((key) => [key, {}])) }, hints, "all");
  return {
    question: condense(question.userText, 120),
    topics: hints.topics.slice(0, 5),
    answer: `A sandbox answer about ${hints.topics.slice(0, 3).join(", ") || "your request"}.`,
    prompt_tokens: promptTokens,
  };
}

type Fitted = {
  part: AnswerPart | null;
  tokens: number;
  ended: "length" | "stopSequence" | null;
  stopSequence: string | null;
};

function fitPart(part: AnswerPart, stop: readonly string[], room: number): Fitted {
  if (part.kind !== "text" && part.kind !== "reasoning") {
    const tokens =
      part.kind === "image" ? IMAGE_TOKENS : countTokens(part.name) + countTokens(JSON.stringify(part.arguments));
    const fits = tokens <= room;
    return { part: fits ? part : null, tokens: fits ? tokens : 0, ended: fits ? null : "length", stopSequence: null };
  }
  const met = earliestStop(part.text, stop);
  const upToStop = met === null ? part.text : part.text.slice(0, met.index);
  const text = firstTokens(upToStop, room);
  const isCut = text.length < upToStop.length;
  return {
    part: text === "" ? null : { ...part, text },
    tokens: countTokens(text),
    ended: isCut ? "length" : met === null ? null : "stopSequence",
    stopSequence: isCut ? null : (met?.sequence ?? null),
  };
}

function earliestStop(text: string, stop: readonly string[]): { index: number; sequence: string } | null {
  let earliest: { index: number; sequence: string } | null = null;
  for (const sequence of stop) {
    const index = sequence === "" ? -1 : text.indexOf(sequence);
    if (index >= 0 && (earliest === null || index < earliest.index)) earliest = { index, sequence };
  }
  return earliest;
}
