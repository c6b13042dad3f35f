import "server-only";
import type { Adapter } from "../types";
import { buildRequest } from "./build-request";
import { decodeBody } from "./decode-body";
import { decodeFailure } from "./decode-failure";
import { createStreamDecoder } from "./decode-stream";
import { quirksOf } from "./quirks-of";
import { responsesAdapter } from "./responses/responses-adapter";
import { searchDialectOf } from "./search-dialect";

/** OpenAI's chat completions protocol, and the many dialects of it. */
export const openAiAdapter: Adapter = {
  protocol: "openai-compatible",
  buildRequest,
  createStreamDecoder: () => createStreamDecoder(),
  decodeBody: (body) => decodeBody(body),
  decodeFailure,
  searching: (target) => {
    switch (searchDialectOf(target)) {
      case "options":
        return searchModelAdapter;
      case "filters":
        return openAiAdapter;
      case "responses":
        return target.providerSlug === "xai" ? responsesAdapter : knowsSomeDomains;
      case undefined:
        return undefined;
    }
  },
  wantsBytes: (kind, _url, { providerSlug }) => !quirksOf(providerSlug).opens.includes(kind),
};

const searchModelAdapter: Adapter = {
  ...openAiAdapter,
  searchDomains: "none",
  createStreamDecoder: () => createStreamDecoder(true),
  decodeBody: (body) => decodeBody(body, true),
};
const knowsSomeDomains: Adapter = { ...responsesAdapter, searchDomains: "include" };
