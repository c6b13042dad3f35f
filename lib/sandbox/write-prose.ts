import type { Attachment, Question } from "@/lib/sandbox/question";
import { condense, type Hints } from "@/lib/sandbox/read-hints";
import type { Wishes } from "@/lib/sandbox/read-wishes";
import { sampleCode } from "@/lib/sandbox/sample-code";
import { pick } from "@/lib/sandbox/seeded-random";

/** What the prose is made from; equal materials and an equally seeded `random` give equal text. */
export type Materials = {
  question: Question;
  hints: Hints;
  wishes: Wishes;
  promptTokens: number;
  random: () => number;
};

/** The text of an ordinary answer: markdown, 60 to 150 tokens unless the request wants another length or form. */
export function writeProse(materials: Materials): string {
  const { wishes, question, hints, random } = materials;
  if (wishes.echo !== null) return wishes.echo;
  if (wishes.words !== null) return writeWords(wishes.words, hints, random);
  const paragraphs = [opening(materials), ...received(question), body(materials)];
  if (wishes.codeLanguage !== null) {
    paragraphs.push(`\`\`\`${wishes.codeLanguage}\n${sampleCode(wishes.codeLanguage, hints.topics)}\n\`\`\``);
  }
  if (wishes.table) paragraphs.push(tableOf(materials));
  if (wishes.list) paragraphs.push(listOf(hints));
  return paragraphs.join("\n\n");
}

/** What a model thinks aloud before the answer: about `maxTokens` tokens or fewer. */
export function writeReasoning(materials: Materials, maxTokens: number): string {
  const { question, hints, promptTokens } = materials;
  const sentences = [
    `The user asks: “${condense(question.userText, 100) || "nothing in words"}”.`,
    `That is ${promptTokens} prompt tokens over ${plural(question.userTurns, "user turn")}.`,
    ...received(question),
    ...(question.tools.length > 0 ? [`${plural(question.tools.length, "tool")} could help.`] : []),
    `The words that matter seem to be ${hints.topics.slice(0, 4).join(", ") || "few"}.`,
    "First I settle what is wanted, then I check what arrived, then I answer briefly.",
    "Nothing here needs outside knowledge, so a rehearsed answer will do.",
    "I should say plainly that this is the sandbox.",
  ];
  // Half the budget: a model rarely uses it up, and a sentence is never cut in the middle.
  let text = sentences[0] ?? "";
  for (const sentence of sentences.slice(1)) {
    if ((text.length + sentence.length) / 4 > maxTokens / 2) break;
    text += ` ${sentence}`;
  }
  return text;
}

function opening({ question, promptTokens, random }: Materials): string {
  const asked = condense(question.userText, 90);
  const start =
    asked === ""
      ? "Your message came without text."
      : pick(random, [
          `You asked: “${asked}”`,
          `About “${asked}”:`,
          `You wrote “${asked}”.`,
          `To “${asked}” I can say this.`,
        ]);
  const turn = question.userTurns > 1 ? ` It is your turn number ${question.userTurns} in this conversation.` : "";
  const model = `${question.model} at ${question.provider}`;
  const read = pick(random, [
    `The sandbox read ${plural(promptTokens, "token")} for ${model}.`,
    `This is the sandbox speaking for ${model}, after ${plural(promptTokens, "prompt token")}.`,
    `${plural(promptTokens, "prompt token")} reached the sandbox's ${model}.`,
  ]);
  return `${start}${turn} ${read}`;
}

/** One sentence for each kind of thing that came beside the question. */
function received(question: Question): string[] {
  const sentences: string[] = [];
  if (question.system !== "") {
    sentences.push(`Your system prompt says “${condense(question.system, 60)}”, and I keep to it.`);
  }
  if (question.attachments.length > 0) {
    sentences.push(`With it came ${question.attachments.map(describe).join(", ")}.`);
  }
  for (const result of question.toolResults.slice(0, 5)) {
    const said = condense(result.content, 160) || "nothing";
    sentences.push(
      result.failed ? `The tool \`${result.name}\` failed: ${said}` : `The tool \`${result.name}\` returned: ${said}`,
    );
  }
  return sentences;
}

/** What an attachment is, in words: kind, type, pixels, size, name. */
export function describe(attachment: Attachment): string {
  const { kind, mediaType, size, sizeBytes, name } = attachment;
  const subtype = mediaType.replace(/^.*\//, "").toUpperCase();
  const pixels = size === null ? "" : `, ${size.widthPx}×${size.heightPx}`;
  const bytes = sizeBytes === null ? ", by address" : `, ${sizeText(sizeBytes)}`;
  const article = /^[aeiou]/.test(kind) ? "an" : "a";
  return `${article} ${kind}${name === null ? "" : ` “${name}”`} (${subtype}${pixels}${bytes})`;
}

function sizeText(sizeBytes: number): string {
  if (sizeBytes < 1024) return plural(sizeBytes, "byte");
  return sizeBytes < 1024 * 1024 ? `${(sizeBytes / 1024).toFixed(1)} kB` : `${(sizeBytes / 1024 / 1024).toFixed(1)} MB`;
}

function body({ hints, question, random }: Materials): string {
  const [first = "the request", second = "its wording", third = "the context"] = hints.topics;
  const thought = pick(random, [
    `A real model would weigh ${first} against ${second} here and settle on what serves you best.`,
    `Three things decide it: ${first}, ${second} and ${third}; the rest follows from them.`,
    `Start from ${first}, keep ${second} in view, and leave ${third} for the end.`,
    `What is known about ${first} does not settle ${second}, so I would look at ${third} next.`,
  ]);
  const advice = pick(random, [
    "Ask for code, a table, a tool call or a picture, and the answer takes that form.",
    "Say how many words you want, and I write exactly so many.",
    "Set a provider's key in the environment, and the same request reaches the real model.",
    "Every figure in the usage below is counted the way the bill would be.",
  ]);
  const limit = question.maxTokens === null ? "" : ` You allowed up to ${plural(question.maxTokens, "token")}.`;
  return `${thought} ${advice}${limit}`;
}

function tableOf({ question, hints, promptTokens }: Materials): string {
  const rows: [string, string][] = [
    ["Model", question.model],
    ["Provider", question.provider],
    ["Prompt tokens", String(promptTokens)],
    ["User turns", String(question.userTurns)],
    ["Attachments", String(question.attachments.length)],
    ["Topics", hints.topics.slice(0, 3).join(", ") || "none"],
  ];
  return [
    "| What | Value |",
    "| --- | --- |",
    ...rows.map(([name, value]) => `| ${name} | ${value.replaceAll("|", "\\|")} |`),
  ].join("\n");
}

function listOf(hints: Hints): string {
  const topics = hints.topics.length > 0 ? hints.topics.slice(0, 4) : ["the request", "the context", "the answer"];
  return topics.map((topic, index) => `${index + 1}. **${topic}**: step ${index + 1} looks at ${topic}.`).join("\n");
}

const VOCABULARY = (
  "a signal leaves the box and follows the line until another lamp answers while every train waits for its turn " +
  "because order matters more than speed when many paths cross at one point and nobody can see the whole yard " +
  "so the keeper reads the board sets each lever and lets the next one through with a quiet word " +
  "morning brings freight evening brings people and between them the rails stay warm under slow clouds"
).split(" ");

/** Exactly `count` words, in sentences of 8 to 14, the first of them about the request. */
function writeWords(count: number, hints: Hints, random: () => number): string {
  const opening = hints.topics.filter((topic) => !/^words?$/.test(topic)).slice(0, count > 3 ? 3 : 1);
  const words = opening.length > 0 ? [...opening] : [];
  let cursor = Math.floor(random() * VOCABULARY.length);
  while (words.length < count) {
    words.push(VOCABULARY[cursor % VOCABULARY.length] ?? "signal");
    // Mostly onwards, now and then a jump, so that long texts do not repeat in a cycle.
    cursor += random() < 0.12 ? 1 + Math.floor(random() * VOCABULARY.length) : 1;
  }
  let left = 0;
  return words
    .map((word, index) => {
      const isFirst = left === 0;
      if (isFirst) left = 8 + Math.floor(random() * 7);
      left -= 1;
      const isLast = index === words.length - 1;
      const shown = isFirst ? word.charAt(0).toUpperCase() + word.slice(1) : word;
      return left === 0 || isLast ? `${shown}.` : shown;
    })
    .join(" ");
}

// Made once: a formatter costs more to make than all else in an answer.
const numbers = new Intl.NumberFormat("en");

function plural(count: number, noun: string): string {
  return `${numbers.format(count)} ${noun}${count === 1 ? "" : "s"}`;
}
