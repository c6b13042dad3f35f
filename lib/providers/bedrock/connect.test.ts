import { describe, expect, test } from "vitest";
import type { UpstreamRequest } from "../types";
import { connect } from "./connect";

const ADDRESS = "https://bedrock-runtime.${AWS_REGION}.amazonaws.com";
const KEYS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };

describe("a credential", () => {
  test.each([
    { name: "an API key", credential: "bedrock-key", variables: {}, region: "us-east-1", apiKey: "bedrock-key" },
    {
      name: "an API key and a region",
      credential: "bedrock-key",
      variables: { AWS_REGION: "eu-west-1" },
      region: "eu-west-1",
      apiKey: "bedrock-key",
    },
    {
      name: "an access key as JSON",
      credential: JSON.stringify({ ...KEYS, region: "us-west-2" }),
      variables: {},
      region: "us-west-2",
      apiKey: "",
    },
    {
      name: "an access key in the environment",
      credential: "",
      variables: {
        AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
        AWS_DEFAULT_REGION: "ap-southeast-2",
      },
      region: "ap-southeast-2",
      apiKey: "",
    },
  ])("is $name", ({ credential, variables, region, apiKey }) => {
    const connected = connect({ credential, baseUrl: ADDRESS, variables });
    expect(connected).toMatchObject({
      kind: "connected",
      connections: [{ baseUrl: `https://bedrock-runtime.${region}.amazonaws.com`, apiKey, settings: { region } }],
    });
  });

  test.each([
    { name: "no JSON", credential: "{not json", field: undefined },
    {
      name: "no secret",
      credential: JSON.stringify({ accessKeyId: "A", region: "us-east-1" }),
      field: "secretAccessKey",
    },
    { name: "no region", credential: JSON.stringify(KEYS), field: "region" },
    { name: "no region that exists", credential: JSON.stringify({ ...KEYS, region: "Virginia" }), field: "region" },
  ])("is refused when it has $name", ({ credential, field }) => {
    expect(connect({ credential, baseUrl: ADDRESS, variables: {} })).toMatchObject({ kind: "refused", field });
  });

  test("is absent where nothing of it is", () => {
    expect(connect({ credential: "", baseUrl: ADDRESS, variables: {} })).toEqual({ kind: "absent" });
  });
});

test("a connection serves the endpoints of its own part of the world", () => {
  const connected = connect({ credential: "k", baseUrl: ADDRESS, variables: { AWS_REGION: "us-east-1" } });
  if (connected.kind !== "connected") throw new Error("not connected");
  const [{ serves }] = connected.connections;
  const answers = [undefined, "us-west-2", "global", "eu-west-1"].map((region) =>
    serves?.({ modelId: "m", upstreamId: "u", region }),
  );
  expect(answers).toEqual([true, true, true, false]);
});

test("a request is signed with an access key, its body included", async () => {
  const connected = connect({
    credential: JSON.stringify({ ...KEYS, sessionToken: "session", region: "us-east-1" }),
    baseUrl: ADDRESS,
    variables: {},
  });
  if (connected.kind !== "connected") throw new Error("not connected");
  const [{ authorize }] = connected.connections;
  const request: UpstreamRequest = {
    url: "https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-lite-v1%3A0/converse",
    headers: { "content-type": "application/json" },
    body: "{}",
    droppedParameters: [],
  };
  const signed = await authorize?.(request, undefined);
  const other = await authorize?.({ ...request, body: '{"a":1}' }, undefined);

  expect(signed?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/bedrock\/aws4_request, SignedHeaders=[\w;-]*content-type;host;[\w;-]*x-amz-date[\w;-]*, Signature=[0-9a-f]{64}$/,
  );
  expect(signed?.headers["x-amz-security-token"]).toBe("session");
  expect(other?.headers.authorization).not.toBe(signed?.headers.authorization);
  expect(JSON.stringify(signed)).not.toContain(KEYS.secretAccessKey);
});
