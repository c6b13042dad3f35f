import "server-only";
import type { Adapter } from "../types";
import { buildRequest } from "./build-request";
import { decodeBody } from "./decode-body";
import { decodeFailure } from "./decode-failure";
import { createStreamDecoder } from "./decode-stream";

/** Anthropic's messages protocol. */
export const anthropicAdapter: Adapter = {
  protocol: "anthropic",
  buildRequest,
  createStreamDecoder,
  decodeBody,
  decodeFailure,
  searching: () => anthropicAdapter,
  // Pictures and PDFs go by address; what it cannot know to be one has to be looked at first.
  wantsBytes: (kind, url) => kind === "file" && !/\.pdf([?#]|$)/i.test(url),
};
