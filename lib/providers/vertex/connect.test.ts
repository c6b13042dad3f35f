import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { importSPKI, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { UpstreamError, type UpstreamRequest } from "../types";
import { AccessToken } from "./access-token";
import { locationUrlOf } from "./address";
import { connect } from "./connect";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const ACCOUNT = {
  type: "service_account",
  project_id: "signals",
  private_key_id: "key-1",
  private_key: privateKey,
  client_email: "box@signals.iam.gserviceaccount.com",
};
const ADDRESS = "https://${GOOGLE_VERTEX_LOCATION}-aiplatform.googleapis.com/v1";
const REQUEST: UpstreamRequest = { url: "https://x.test/", headers: { a: "b" }, body: "{}", droppedParameters: [] };

/** A token service that answers the n-th request as told, and keeps what it was asked. */
async function startTokenService(answers: readonly { status: number; body: unknown }[]) {
  const forms: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (piece) => {
      text += piece;
    });
    request.on("end", () => {
      const answer = answers[forms.length] ?? { status: 500, body: {} };
      forms.push(new URLSearchParams(text));
      response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}/token`, forms, close: () => server.close() };
}

describe("a service account", () => {
  test("signs for a token once, and its requests carry it", async () => {
    const service = await startTokenService([{ status: 200, body: { access_token: "ya29.t1", expires_in: 3_600 } }]);
    const connected = connect({
      credential: JSON.stringify({ ...ACCOUNT, token_uri: service.url, region: "europe-west1" }),
      baseUrl: ADDRESS,
      variables: {},
    });
    if (connected.kind !== "connected") throw new Error(JSON.stringify(connected));
    const [connection] = connected.connections;
    const signed = await Promise.all([
      connection.authorize?.(REQUEST, undefined),
      connection.authorize?.(REQUEST, undefined),
    ]);
    // Warm: nothing to wait for.
    const warm = connection.authorize?.(REQUEST, undefined);
    service.close();

    for (const request of [...signed, warm]) {
      expect(request).toMatchObject({ headers: { a: "b", authorization: "Bearer ya29.t1" } });
    }
    expect(connection).toMatchObject({ region: "europe-west1", settings: { project: "signals" } });
    expect(service.forms).toHaveLength(1);
    expect(service.forms[0]?.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    const key = await importSPKI(publicKey, "RS256");
    const { payload, protectedHeader } = await jwtVerify(service.forms[0]?.get("assertion") ?? "", key, {
      audience: service.url,
      issuer: ACCOUNT.client_email,
    });
    expect(payload).toMatchObject({ scope: "https://www.googleapis.com/auth/cloud-platform" });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
    expect(protectedHeader).toMatchObject({ alg: "RS256", kid: "key-1" });
  });

  test("renews its token before it ends, and uses the old one meanwhile", async () => {
    const service = await startTokenService([
      { status: 200, body: { access_token: "t1", expires_in: 3_600 } },
      { status: 200, body: { access_token: "t2", expires_in: 3_600 } },
    ]);
    const token = new AccessToken({
      email: "e",
      privateKey,
      keyId: undefined,
      tokenUrl: service.url,
    });
    const startMs = Date.now();
    expect(await token.current(startMs)).toBe("t1");
    expect(token.current(startMs + 3_400_000)).toBe("t1");
    expect(await token.current(startMs + 3_599_000)).toBe("t2");
    service.close();
    expect(service.forms).toHaveLength(2);
  });

  test.each([
    { status: 400, body: { error: "invalid_grant", error_description: "Invalid JWT Signature." }, as: 401 },
    { status: 503, body: {}, as: 502 },
  ])("that is refused a token with $status fails with $as", async ({ status, body, as }) => {
    const service = await startTokenService([{ status, body }]);
    const token = new AccessToken({ email: "e", privateKey, keyId: undefined, tokenUrl: service.url });
    const error = await Promise.resolve(token.current()).catch((thrown: unknown) => thrown);
    service.close();
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({ failure: { status: as } });
    expect(JSON.stringify(error)).not.toContain("PRIVATE");
  });
});

describe("a credential is refused", () => {
  test.each([
    { name: "that is no JSON", credential: "{", field: undefined },
    { name: "without an address", credential: JSON.stringify({ ...ACCOUNT, client_email: "" }), field: "client_email" },
    {
      name: "with a broken key",
      credential: JSON.stringify({ ...ACCOUNT, private_key: "nonsense" }),
      field: "private_key",
    },
    { name: "for no region", credential: JSON.stringify({ ...ACCOUNT, region: "Zürich" }), field: "region" },
  ])("$name", ({ credential, field }) => {
    const connected = connect({ credential, baseUrl: ADDRESS, variables: {} });
    expect(connected).toMatchObject({ kind: "refused", field });
    expect(JSON.stringify(connected)).not.toContain("nonsense");
  });
});

describe("the address", () => {
  test.each([
    { region: undefined, url: "https://aiplatform.googleapis.com/v1/projects/p/locations/global" },
    { region: "global", url: "https://aiplatform.googleapis.com/v1/projects/p/locations/global" },
    { region: "us-east5", url: "https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5" },
    { region: "europe", url: "https://aiplatform.eu.rep.googleapis.com/v1/projects/p/locations/eu" },
  ])("of $region", ({ region, url }) => {
    const target = {
      providerSlug: "google-vertex",
      upstreamId: "m",
      baseUrl: "https://{region}/v1",
      apiKey: "",
      supportedParameters: new Set<string>(),
      maxOutputTokens: undefined,
      reasoning: undefined,
      region,
    };
    expect(locationUrlOf({ ...target, settings: { project: "p" } })).toBe(url);
    expect(locationUrlOf({ ...target, baseUrl: "http://127.0.0.1:9", settings: { project: "p" } })).toBe(
      `http://127.0.0.1:9/v1/projects/p/locations/${url.split("/").at(-1)}`,
    );
    expect(locationUrlOf({ ...target, settings: {} })).toBe(url.split("/projects/")[0]);
  });
});
