import { expect, test } from "vitest";
import type { UpstreamFailure } from "@/lib/providers/types";
import { makeModel } from "@/lib/testing/make-model";
import { sharesCause } from "./shares-cause";

const model = makeModel({
  endpoints: [
    { provider: "failed", contextTokens: 8_000 },
    { provider: "same", contextTokens: 8_000 },
    { provider: "longer", contextTokens: 32_000 },
  ],
});
const otherModel = makeModel({ id: "acme/other", endpoints: [{ provider: "same", contextTokens: 1_000 }] });
const [failed, same, longer] = model.endpoints.map((endpoint) => ({ model, endpoint }));
const [other] = otherModel.endpoints.map((endpoint) => ({ model: otherModel, endpoint }));
if (!failed || !same || !longer || !other) throw new Error("the models have these endpoints");

const CANDIDATES = { same, longer, other };
const failure = (status: number, cause?: UpstreamFailure["cause"]): UpstreamFailure => ({
  status,
  providerCode: undefined,
  message: "no",
  ...(cause === undefined ? {} : { cause }),
});

test.each<{ name: string; failure: UpstreamFailure; unspeakableIn?: string; protocol?: string; shared: string[] }>([
  { name: "a wrong request is wrong everywhere", failure: failure(400), shared: ["same", "longer"] },
  { name: "a body that is too large", failure: failure(413), shared: ["same", "longer"] },
  { name: "a prompt that its moderation refused", failure: failure(400, "content_policy"), shared: ["same", "longer"] },
  { name: "a prompt that is too long may fit elsewhere", failure: failure(400, "context_length"), shared: ["same"] },
  {
    name: "what a protocol cannot say",
    failure: failure(400),
    unspeakableIn: "a",
    protocol: "a",
    shared: ["same", "longer"],
  },
  { name: "what another protocol can say", failure: failure(400), unspeakableIn: "a", protocol: "b", shared: [] },
  { name: "our key", failure: failure(401), shared: [] },
  { name: "a model that is missing there", failure: failure(404), shared: [] },
  { name: "a rate limit", failure: failure(429), shared: [] },
  { name: "an outage", failure: failure(503), shared: [] },
])("$name", ({ failure, unspeakableIn, protocol, shared }) => {
  const before = { candidate: failed, failure, unspeakableIn };
  const found = Object.entries(CANDIDATES).filter(([, candidate]) => sharesCause(before, candidate, protocol));
  expect(found.map(([name]) => name)).toEqual(shared);
});
