import { describe, expect, test } from "vitest";
import type { ProviderFact } from "@/lib/schemas/catalog";
import { buildSandboxAccess } from "./build-access";
import { connectCredential } from "./connect-credential";

const NOBODY = new Map();
const DEPLOYMENT = {
  model_slug: "openai/gpt-4o",
  endpoint_url: "https://mine.example/openai/deployments/four/chat/completions?api-version=1",
  api_key: "azure-key",
  model_id: "four",
};

function provider(changes: Partial<ProviderFact> = {}): ProviderFact {
  return {
    slug: "acme",
    name: "Acme",
    kind: "hosted",
    dataPolicy: null,
    protocol: "openai-compatible",
    baseUrl: "https://api.acme.example/v1",
    keyVariables: [],
    ...changes,
  };
}

function connectionsOf(fact: ProviderFact, credential: string, variables: Record<string, string> = {}, table = NOBODY) {
  const connected = connectCredential(fact, credential, { variables, table });
  if (connected.kind === "refused") throw new Error(connected.problem);
  return {
    ...connected.access,
    connections: connected.access.connections.map(({ baseUrl, apiKey }) => [baseUrl, apiKey]),
  };
}

describe("an account's credential", () => {
  test("leads to the catalog's address, or to the operator's, and never goes with the operator's key", () => {
    const fact = provider({ keyVariables: ["GREAT_API_KEY"] });
    const catalogs = [["https://api.acme.example/v1", "mine"]];
    expect(connectionsOf(fact, "mine", { ACME_API_KEY: "theirs" }).connections).toEqual(catalogs);
    expect(connectionsOf(fact, "mine", { ACME_BASE_URL: "http://here/v1/" }).connections).toEqual([
      ["http://here/v1", "mine"],
    ]);
    expect(connectionsOf(fact, "mine", { GREAT_BASE_URL: "http://there" }).connections).toEqual([
      ["http://there", "mine"],
    ]);
  });

  test("fills the places of an address with its own parts alone", () => {
    const fact = provider({ baseUrl: "https://acme.example/${ACME_ACCOUNT}/v1" });
    const variables = { ACME_ACCOUNT: "the-operators" };
    const key = (account: string) => JSON.stringify({ api_key: "mine", acme_account: account });
    expect(connectionsOf(fact, key("me_7"), variables).connections).toEqual([["https://acme.example/me_7/v1", "mine"]]);
    for (const account of ["../x", "a/b", "", "a?b"]) {
      const refused = connectCredential(fact, key(account), { variables, table: NOBODY });
      expect(refused).toMatchObject({ kind: "refused", field: "acme_account" });
    }
    expect(connectCredential(fact, "mine", { variables, table: NOBODY })).toMatchObject({
      kind: "refused",
      field: "ACME_ACCOUNT",
    });
  });

  test("keeps an address that the account gave under guard", () => {
    const fact = provider({ protocol: "azure" });
    const connected = connectCredential(fact, JSON.stringify([DEPLOYMENT]), { variables: {}, table: NOBODY });
    expect(connected).toMatchObject({
      access: { sandbox: false, connections: [{ isGuarded: true, apiKey: "azure-key" }] },
    });
  });

  test("is refused where nobody knows the provider's address", () => {
    const { baseUrl: _unknown, ...fact } = provider();
    expect(connectCredential(fact, "mine", { variables: {}, table: NOBODY })).toMatchObject({ kind: "refused" });
  });

  test("goes to the sandbox where that plays the provider, for the same models, with nothing secret", () => {
    const fact = provider({ protocol: "azure" });
    const table = buildSandboxAccess([fact], "http://sandbox");
    const connected = connectCredential(fact, JSON.stringify(DEPLOYMENT), { variables: {}, table });
    if (connected.kind === "refused") throw new Error(connected.problem);
    const [connection] = connected.access.connections;
    expect(connected.access.sandbox).toBe(true);
    expect(connection).toMatchObject({ baseUrl: "http://sandbox/acme", apiKey: "sandbox" });
    const served = ["openai/gpt-4o", "openai/gpt-5"].map((modelId) =>
      connection.serves?.({ modelId, upstreamId: "", region: undefined }),
    );
    expect(served).toEqual([true, false]);
    expect(JSON.stringify(connected)).not.toContain("azure-key");
  });
});
