import { hashOf } from "@/lib/sandbox/seeded-random";

/** A page that the played web has on a query. */
export type PlayedPage = { url: string; title: string; text: string; publishedDate: string };

export type PlayedQuery = {
  query: string;
  count: number;
  /** Bare hosts; empty: any. */
  include: readonly string[];
  exclude: readonly string[];
};

// Reserved for examples, so that no link leads anywhere. Source: RFC 2606.
const HOSTS = [
  "encyclopedia.example",
  "news.example",
  "handbook.example",
  "museum.example",
  "journal.example",
  "forum.example",
  "archive.example",
] as const;
const KINDS = ["an overview", "what is new", "a practical guide", "a short history", "questions and answers"] as const;

/** The same pages for the same query, the most fitting first; all of the domains that were asked for, if any were. */
export function playSearch({ query, count, include, exclude }: PlayedQuery): PlayedPage[] {
  const hosts = (include.length > 0 ? include : HOSTS).filter((host) => !exclude.some((out) => isOf(host, out)));
  const topic = topicOf(query);
  const slug =
    topic
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
      .replaceAll(/^-+|-+$/g, "") || "page";
  if (hosts.length === 0) return [];
  return Array.from({ length: count }, (_, index) => {
    const host = hosts[index % hosts.length] ?? "";
    const kind = KINDS[index % KINDS.length] ?? "";
    const day = 1 + (hashOf(`${query}${index}`) % 28);
    return {
      url: `https://${host.replace(/\/+$/, "")}/${slug}-${index + 1}`,
      title: `${topic}: ${kind}`,
      text: `${topic}, ${kind}. This page number ${index + 1} was written by the sandbox for “${topic}”; it stands for a page of the web.`,
      publishedDate: `2026-10-${String(day).padStart(2, "0")}T00:00:00.000Z`,
    };
  });
}

function isOf(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function topicOf(query: string): string {
  const words = query
    .replaceAll(/[?!.,;:“”"]/g, " ")
    .trim()
    .split(/\s+/)
    .slice(0, 8);
  const topic = words.join(" ");
  return topic === "" ? "The question" : topic.charAt(0).toUpperCase() + topic.slice(1);
}
