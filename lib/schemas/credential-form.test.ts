import { describe, expect, test } from "vitest";
import { credentialFormOf, credentialProblem } from "./credential-form";

const SECRET = "s3cret-of-nobody";
const DEPLOYMENT = {
  model_slug: "openai/gpt-4o",
  endpoint_url: "https://mine.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=1",
  api_key: SECRET,
  model_id: "gpt-4o",
};
const ACCESS_KEY = { accessKeyId: "AKIA1", secretAccessKey: SECRET, region: "us-east-1" };
const SERVICE_ACCOUNT = {
  type: "service_account",
  project_id: "mine",
  private_key: `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----`,
  client_email: "a@mine.iam.gserviceaccount.com",
};
const PLACED = "https://api.example.com/accounts/${EXAMPLE_ACCOUNT_ID}/v1";

describe("what a credential must look like", () => {
  test.each([
    { protocol: "openai-compatible", key: "sk-abc", field: undefined },
    { protocol: "openai-compatible", key: "sk abc", field: "key" },
    { protocol: "openai-compatible", key: "sk-abc\nx-evil: 1", field: "key" },
    { protocol: "azure", key: "abc", field: "key" },
    { protocol: "azure", key: "{", field: "key" },
    { protocol: "azure", key: [], field: "key" },
    { protocol: "azure", key: DEPLOYMENT, field: undefined },
    { protocol: "azure", key: [DEPLOYMENT, DEPLOYMENT], field: undefined },
    { protocol: "azure", key: { ...DEPLOYMENT, model_slug: undefined }, field: "key.model_slug" },
    { protocol: "azure", key: [DEPLOYMENT, { ...DEPLOYMENT, api_key: "" }], field: "key[1].api_key" },
    { protocol: "azure", key: { ...DEPLOYMENT, endpoint_url: "mine.example.com" }, field: "key.endpoint_url" },
    { protocol: "bedrock", key: "bedrock-api-key", field: undefined },
    { protocol: "bedrock", key: ACCESS_KEY, field: undefined },
    { protocol: "bedrock", key: { ...ACCESS_KEY, region: "Virginia" }, field: "key.region" },
    { protocol: "bedrock", key: { ...ACCESS_KEY, secretAccessKey: 5 }, field: "key.secretAccessKey" },
    { protocol: "vertex", key: SERVICE_ACCOUNT, field: undefined },
    { protocol: "vertex", key: { ...SERVICE_ACCOUNT, region: "europe-west1" }, field: undefined },
    { protocol: "vertex", key: { ...SERVICE_ACCOUNT, region: "Europe" }, field: "key.region" },
    { protocol: "vertex", key: { ...SERVICE_ACCOUNT, private_key: SECRET }, field: "key.private_key" },
    { protocol: "vertex", key: [SERVICE_ACCOUNT], field: "key" },
    { protocol: "openai-compatible", baseUrl: PLACED, key: "abc", field: "key" },
    { protocol: "openai-compatible", baseUrl: PLACED, key: { api_key: SECRET }, field: "key.example_account_id" },
    {
      protocol: "openai-compatible",
      baseUrl: PLACED,
      key: { api_key: SECRET, example_account_id: "7" },
      field: undefined,
    },
  ] as const)("$protocol: $key", ({ protocol, key, field, ...rest }) => {
    const form = credentialFormOf({ protocol, baseUrl: "baseUrl" in rest ? rest.baseUrl : undefined });
    const problem = credentialProblem(typeof key === "string" ? key : JSON.stringify(key), form);
    expect(problem?.field).toBe(field);
    expect(problem?.problem ?? "").not.toContain(SECRET);
  });
});
