import "server-only";
import type { Adapter } from "../../types";
import { decodeFailure } from "../decode-failure";
import { quirksOf } from "../quirks-of";
import { buildRequest } from "./build-request";
import { decodeBody } from "./decode-body";
import { createStreamDecoder } from "./decode-stream";

/** OpenAI's responses protocol, for providers that search the web in no other. */
export const responsesAdapter: Adapter = {
  protocol: "openai-compatible",
  buildRequest,
  createStreamDecoder,
  decodeBody,
  decodeFailure,
  wantsBytes: (kind, _url, { providerSlug }) => !quirksOf(providerSlug).opens.includes(kind),
};
