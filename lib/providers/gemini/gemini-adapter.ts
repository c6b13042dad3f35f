import "server-only";
import type { Adapter } from "../types";
import { isYouTube } from "./build-parts";
import { buildRequest } from "./build-request";
import { decodeBody } from "./decode-body";
import { decodeFailure } from "./decode-failure";
import { createStreamDecoder } from "./decode-stream";

/** Google's generateContent protocol, as AI Studio serves it. */
export const geminiAdapter: Adapter = {
  protocol: "gemini",
  buildRequest,
  createStreamDecoder,
  decodeBody,
  decodeFailure,
  // Its own file store and pages of YouTube are all it surely opens.
  // Source: ai.google.dev/gemini-api/docs/files and /video-understanding, as known in 2026-11.
  wantsBytes: (kind, url) => !(kind === "video" && isYouTube(url)) && !OWN_STORE.test(url),
};

const OWN_STORE = /^https:\/\/generativelanguage\.googleapis\.com\//;
