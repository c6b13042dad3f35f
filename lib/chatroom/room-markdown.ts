import type { Answer, Round, ToolStep } from "@/lib/schemas/chatroom";
import { textOf } from "./answer-totals";
import type { PathStep } from "./branches";

/** What is in view of a room, as a markdown document: questions with their files, answers with their tools and sources. */
export function roomMarkdown(title: string, path: readonly PathStep[], nameOf: (modelId: string) => string): string {
  const parts = [`# ${title === "" ? "Untitled" : oneLine(title)}`];
  for (const { turn, answers } of path) {
    const files = turn.attachments.map(({ name }) => `- ${oneLine(name)}`).join("\n");
    parts.push(`## You\n\n${joined([turn.text, files])}`);
    for (const { answer } of answers) {
      const text = joined([roundsMarkdown(answer.rounds), sourcesOf(answer), endOf(answer)]);
      if (text !== "") parts.push(`## ${speakerOf(answer, nameOf)}\n\n${text}`);
    }
  }
  return `${parts.join("\n\n")}\n`;
}

/** One answer as it is copied: what was said, then what it cites. */
export function answerMarkdown(answer: Answer): string {
  return joined([textOf(answer), sourcesOf(answer)]);
}

/** Who was asked, and who answered where that is another one. */
function speakerOf({ requestedModelId, rounds }: Answer, nameOf: (modelId: string) => string): string {
  const modelId = rounds.findLast((round) => round.modelId !== null)?.modelId ?? requestedModelId;
  const [asked, answered] = [nameOf(requestedModelId), nameOf(modelId)];
  // A version of a model's own, such as one with a date or without its variant, is no other one.
  const [base = ""] = requestedModelId.split(":");
  return asked === answered || modelId.startsWith(base) ? asked : `${asked} (${answered})`;
}

/** A continued answer goes on in the middle of a sentence; after a tool or a picture the model begins anew. */
function roundsMarkdown(rounds: readonly Round[]): string {
  return rounds.reduce((text, round, index) => {
    const before = rounds[index - 1];
    const isCut = (before?.toolSteps.length ?? 0) === 0 && (before?.images.length ?? 0) === 0;
    return isCut ? text + roundMarkdown(round) : joined([text, roundMarkdown(round)]);
  }, "");
}

function roundMarkdown({ text, images, toolSteps }: Round): string {
  const pictures = images.map(({ name }) => `- ${oneLine(name)}`).join("\n");
  return joined([text, pictures, ...toolSteps.map(toolMarkdown)]);
}

function toolMarkdown({ name, arguments: given, result, isError }: ToolStep): string {
  const came = result === null ? [] : [isError ? "Failed:" : "Gave:", fenced(result)];
  return [`**Tool** \`${name}\``, fenced(given === "" ? "{}" : given), ...came].join("\n\n");
}

/** In a fence that nothing in it can close. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function sourcesOf(answer: Answer): string {
  return citationsOf(answer)
    .map(({ url, title }, index) => `${index + 1}. [${oneLine(title).replace(/[[\]\\]/g, "\\$&")}](${linked(url)})`)
    .join("\n");
}

/** An address with brackets or blanks would end the link too soon. */
function linked(url: string): string {
  return /[()\s<>]/.test(url) ? `<${url.replace(/[<>\s]/g, encodeURIComponent)}>` : url;
}

/** Why an answer is no whole one. */
function endOf({ state }: Answer): string {
  switch (state.kind) {
    case "done":
      return "";
    case "failed":
      return `*Failed: ${oneLine(state.message)}*`;
    case "stopped":
      return "*Stopped.*";
    case "lost":
      return "*The connection was lost.*";
    case "waiting":
    case "streaming":
    case "tools":
      return "*Still being answered.*";
  }
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

export type Citation = { url: string; title: string; content: string };

/** The pages of the web that an answer cites, each once. */
export function citationsOf({ rounds }: Pick<Answer, "rounds">): Citation[] {
  const found = new Map<string, Citation>();
  for (const annotation of rounds.flatMap(({ annotations }) => annotations)) {
    const cited = annotation.type === "url_citation" ? annotation.url_citation : undefined;
    if (typeof cited !== "object" || cited === null || !("url" in cited) || typeof cited.url !== "string") continue;
    if (!/^https?:\/\//i.test(cited.url) || found.has(cited.url)) continue;
    const title = "title" in cited && typeof cited.title === "string" && cited.title !== "" ? cited.title : cited.url;
    const content = "content" in cited && typeof cited.content === "string" ? cited.content : "";
    found.set(cited.url, { url: cited.url, title, content });
  }
  return [...found.values()];
}
