import "server-only";
import type { Adapter } from "../types";
import { buildRequest } from "./build-request";
import { connect } from "./connect";
import { decodeBody } from "./decode-body";
import { decodeFailure } from "./decode-failure";
import { createStreamDecoder } from "./decode-stream";

/** Amazon Bedrock's Converse protocol. */
export const bedrockAdapter: Adapter = {
  protocol: "bedrock",
  framing: "event-stream",
  buildRequest,
  createStreamDecoder,
  decodeBody,
  decodeFailure,
  connect,
  // Only Amazon's own store is read from there.
  wantsBytes: (_kind, url) => !url.startsWith("s3://"),
  hasNoAddresses: true,
};
