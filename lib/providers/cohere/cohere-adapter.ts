import "server-only";
import type { Adapter } from "../types";
import { buildRequest } from "./build-request";
import { decodeBody } from "./decode-body";
import { decodeFailure } from "./decode-failure";
import { createStreamDecoder } from "./decode-stream";

/** Cohere's chat protocol, version 2. */
export const cohereAdapter: Adapter = {
  protocol: "cohere",
  buildRequest,
  createStreamDecoder,
  decodeBody,
  decodeFailure,
  // Pictures go by address as well; files are said as text, which has to be here first.
  wantsBytes: (kind) => kind === "file",
  hasNoAddresses: true,
};
