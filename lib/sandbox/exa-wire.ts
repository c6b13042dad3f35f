import { z } from "zod";
import { firstIssue } from "@/lib/sandbox/first-issue";
import { playSearch } from "@/lib/sandbox/play-search";
import { type Failure, type Wire, WireRefusal } from "@/lib/sandbox/wire";

const domainsSchema = z.array(z.string()).nullish();
const searchSchema = z.looseObject({
  query: z.string().min(1),
  type: z.string().nullish(),
  numResults: z.int().min(1).max(100).nullish(),
  includeDomains: domainsSchema,
  excludeDomains: domainsSchema,
  contents: z
    .looseObject({ text: z.union([z.boolean(), z.looseObject({ maxCharacters: z.int().nullish() })]).nullish() })
    .nullish(),
});

/** Exa's `POST /search`. Source: exa.ai/docs/reference/search, as known in 2026-11. */
export const exaWire: Wire = {
  hasKey: ({ headers }) => Boolean(headers["x-api-key"]) || /^bearer\s+\S/i.test(headers.authorization ?? ""),
  headers: () => ({}),
  failureOf: (cause, { requestId }) => failure(statusOf(cause), requestId, `The sandbox says: ${cause.kind}.`),
  read(body, { requestId }) {
    const parsed = searchSchema.safeParse(body);
    if (!parsed.success) {
      const { path, issue } = firstIssue(parsed.error);
      throw new WireRefusal(failure(400, requestId, `${path.join(".")}: ${issue.message}`));
    }
    const { query, numResults, includeDomains, excludeDomains, contents } = parsed.data;
    const pages = playSearch({
      query,
      count: numResults ?? 10,
      include: includeDomains ?? [],
      exclude: excludeDomains ?? [],
    });
    const text = contents?.text;
    const limit = typeof text === "object" ? (text?.maxCharacters ?? undefined) : undefined;
    return {
      taskAnswer: {
        requestId,
        resolvedSearchType: "neural",
        results: pages.map(({ url, title, text: content, publishedDate }, index) => ({
          id: url,
          url,
          title,
          publishedDate,
          author: null,
          score: Math.round((0.4 - index * 0.01) * 1e4) / 1e4,
          ...(text ? { text: content.slice(0, limit) } : {}),
        })),
        costDollars: { total: 0.005 },
      },
    };
  },
};

function statusOf(cause: Parameters<Wire["failureOf"]>[0]): number {
  switch (cause.kind) {
    case "missingKey":
      return 401;
    case "unknownPath":
      return 404;
    case "wrongMethod":
      return 405;
    case "bodyTooLarge":
      return 413;
    case "invalidJson":
    case "sandboxHeader":
      return 400;
    case "status":
      return cause.status;
  }
}

function failure(status: number, requestId: string, error: string): Failure {
  return { status, headers: {}, body: { requestId, error } };
}
