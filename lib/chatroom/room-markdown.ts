import type { Answer } from "@/lib/schemas/chatroom";
import { textOf } from "./answer-totals";
import type { PathStep } from "./branches";

/** What is in view of a room, as a markdown document. */
export function roomMarkdown(title: string, path: readonly PathStep[], nameOf: (modelId: string) => string): string {
  const parts = [`# ${title === "" ? "Untitled" : title}`];
  for (const { turn, answers } of path) {
    const files = turn.attachments.map(({ name }) => `- ${name}`).join("\n");
    parts.push(`## You\n\n${[turn.text, files].filter((part) => part !== "").join("\n\n")}`);
    for (const { answer } of answers) {
      const text = answerMarkdown(answer);
      if (text !== "") parts.push(`## ${nameOf(answer.requestedModelId)}\n\n${text}`);
    }
  }
  return `${parts.join("\n\n")}\n`;
}

/** One answer as it is copied: what was said, then what it cites. */
export function answerMarkdown(answer: Answer): string {
  const links = citationsOf(answer).map(({ url, title }, index) => `${index + 1}. [${title}](${url})`);
  return [textOf(answer), links.join("\n")].filter((part) => part !== "").join("\n\n");
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
