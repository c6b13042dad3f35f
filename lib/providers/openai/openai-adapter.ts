import "server-only";
import type { Adapter } from "../types";
import { buildRequest } from "./build-request";
import { decodeBody } from "./decode-body";
import { decodeFailure } from "./decode-failure";
import { createStreamDecoder } from "./decode-stream";
import { quirksOf } from "./quirks-of";

/** OpenAI's chat completions protocol, and the many dialects of it. */
export const openAiAdapter: Adapter = {
  protocol: "openai-compatible",
  buildRequest,
  createStreamDecoder,
  decodeBody,
  decodeFailure,
  wantsBytes: (kind, _url, { providerSlug }) => !quirksOf(providerSlug).opens.includes(kind),
};
