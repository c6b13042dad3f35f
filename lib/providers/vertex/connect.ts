import { createPrivateKey } from "node:crypto";
import { isRecord, parseJson, textOf } from "../json";
import { servesRegion } from "../region";
import type { Connected, ConnectInput, Connection } from "../types";
import { AccessToken } from "./access-token";

const TOKEN_URL = "https://oauth2.googleapis.com/token";
const REGION = /^(global|[a-z]+|[a-z]+-[a-z]+\d+)$/;

/** A service account as JSON, with an optional `region`; or an API key. */
export function connect({ credential, baseUrl, variables, isAccounts }: ConnectInput): Connected {
  if (credential === "") return { kind: "absent" };
  const variable = (...names: readonly string[]) =>
    names.map((name) => textOf(variables[name])).find((value) => value !== undefined);
  const usualRegion = variable("GOOGLE_VERTEX_LOCATION", "GOOGLE_VERTEX_REGION", "GOOGLE_CLOUD_LOCATION");
  const usualProject = variable("GOOGLE_VERTEX_PROJECT", "GOOGLE_CLOUD_PROJECT");
  // The host follows the region of each request.
  const address = baseUrl?.replace("${GOOGLE_VERTEX_LOCATION}-aiplatform.googleapis.com", "{region}");
  if (address === undefined) return refused(undefined, "its address is not known");
  if (!credential.trimStart().startsWith("{")) {
    return connected(address, usualRegion, usualProject, { apiKey: credential });
  }

  const json = parseJson(credential);
  if (!isRecord(json)) return refused(undefined, "its credential is not valid JSON");
  const email = textOf(json.client_email);
  const privateKey = textOf(json.private_key);
  const project = textOf(json.project_id) ?? usualProject;
  if (email === undefined) return refused("client_email", "client_email is missing");
  if (privateKey === undefined) return refused("private_key", "private_key is missing");
  if (project === undefined) return refused("project_id", "project_id is missing");
  if (!isPrivateKey(privateKey)) return refused("private_key", "private_key is not a key in PEM form");
  // An account must not make this machine post to an address of its choice.
  const tokenUrl = isAccounts === true ? TOKEN_URL : (textOf(json.token_uri) ?? TOKEN_URL);
  const token = new AccessToken({ email, privateKey, keyId: textOf(json.private_key_id), tokenUrl });
  return connected(address, textOf(json.region) ?? usualRegion, usualProject ?? project, {
    apiKey: "",
    authorize: (request) => {
      const known = token.current();
      if (typeof known === "string") return withToken(request, known);
      return known.then((fetched) => withToken(request, fetched));
    },
  });
}

function connected(
  baseUrl: string,
  region: string | undefined,
  project: string | undefined,
  rest: Pick<Connection, "apiKey" | "authorize">,
): Connected {
  if (region !== undefined && !REGION.test(region)) {
    return refused("region", `"${region}" is not a region such as us-central1, or global`);
  }
  const connection: Connection = {
    baseUrl,
    ...rest,
    settings: project === undefined ? {} : { project },
    ...(region === undefined ? {} : { region, serves: (endpoint) => servesRegion(region, endpoint.region) }),
  };
  return { kind: "connected", connections: [connection] };
}

function withToken<Request extends { headers: Record<string, string> }>(request: Request, token: string): Request {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

function refused(field: string | undefined, problem: string): Connected {
  return { kind: "refused", field, problem };
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    // The parser's own message may quote the key, so it goes no further.
    return false;
  }
}
