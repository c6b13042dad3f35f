import "server-only";
import type { Adapter } from "../types";
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
};
