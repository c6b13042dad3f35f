import type { PlayedPage } from "@/lib/sandbox/play-search";

const FRAME = /\n*<web_search>[\s\S]*?<\/web_search>\s*/g;
const RESULT = /<result number="\d+">\ntitle: (.*)\nurl: (\S+)\n([\s\S]*?)<\/result>/g;

/** Takes apart what a user wrote and the pages that a gateway found for it and put behind it. */
export function readGivenPages(userText: string): { text: string; pages: readonly PlayedPage[] } {
  if (!userText.includes("<web_search>")) return { text: userText, pages: [] };
  const pages = [...userText.matchAll(RESULT)].map(([, title = "", url = "", text = ""]) => {
    return { title, url, text, publishedDate: "" };
  });
  return { text: userText.replaceAll(FRAME, "").trim(), pages };
}

/** A markdown link that is named by the page's domain. */
export function linkTo({ url }: PlayedPage): string {
  return `[${new URL(url).hostname}](${url})`;
}
