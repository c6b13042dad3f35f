import { expect, test } from "vitest";
import { withoutSecrets } from "./remove-secrets";

const failure = (message: string) => ({ status: 401, providerCode: "bad_key", message, quoted: true }) as const;

test.each([
  {
    headers: { authorization: "Bearer correct horse" },
    said: "no such key: correct horse",
    left: "no such key: [removed]",
  },
  { headers: { "X-API-Key": "orchard-gate" }, said: "orchard-gate, orchard-gate", left: "[removed], [removed]" },
  { headers: { "x-goog-api-key": "orchard-gate" }, said: "bad orchard-gate.", left: "bad [removed]." },
  {
    headers: {
      authorization: "AWS4-HMAC-SHA256 Credential=WHOSIGNED/20261121/x, SignedHeaders=host, Signature=0a1b2c3d",
    },
    said: "WHOSIGNED sent 0a1b2c3d for host",
    left: "[removed] sent [removed] for host",
  },
  { headers: { authorization: "Bearer key" }, said: "the key is wrong", left: "the key is wrong" },
  { headers: { "content-type": "application/json" }, said: "no application/json", left: "no application/json" },
])("$said", ({ headers, said, left }) => {
  expect(withoutSecrets(failure(said), headers)).toEqual(failure(left));
});
