import { isRecord, parseJson, textOf } from "../json";
import { servesRegion } from "../region";
import type { Connected, ConnectInput, Connection } from "../types";
import { signerOf } from "./sign-request";

/** Where API keys work that do not say where. */
const USUAL_REGION = "us-east-1";
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d$/;

/** An API key; or an access key as JSON, or in the variables that every tool of Amazon's reads. */
export function connect({ credential, baseUrl, variables }: ConnectInput): Connected {
  const variable = (name: string) => textOf(variables[name]);
  const region = variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION");
  if (credential.trimStart().startsWith("{")) return connectWithJson(credential, baseUrl, region);
  if (credential !== "") return connected({ baseUrl, region: region ?? USUAL_REGION, apiKey: credential });

  const accessKeyId = variable("AWS_ACCESS_KEY_ID");
  const secretAccessKey = variable("AWS_SECRET_ACCESS_KEY");
  if (accessKeyId === undefined && secretAccessKey === undefined) return { kind: "absent" };
  if (accessKeyId === undefined) return missing("AWS_ACCESS_KEY_ID");
  if (secretAccessKey === undefined) return missing("AWS_SECRET_ACCESS_KEY");
  if (region === undefined) return missing("AWS_REGION");
  const sessionToken = variable("AWS_SESSION_TOKEN");
  return connected({ baseUrl, region, keys: { accessKeyId, secretAccessKey, sessionToken } });
}

function connectWithJson(credential: string, baseUrl: string | undefined, usualRegion: string | undefined): Connected {
  const json = parseJson(credential);
  if (!isRecord(json)) return { kind: "refused", field: undefined, problem: "its credential is not valid JSON" };
  const accessKeyId = textOf(json.accessKeyId);
  const secretAccessKey = textOf(json.secretAccessKey);
  const region = textOf(json.region) ?? usualRegion;
  if (accessKeyId === undefined) return missing("accessKeyId");
  if (secretAccessKey === undefined) return missing("secretAccessKey");
  if (region === undefined) return missing("region");
  return connected({
    baseUrl,
    region,
    keys: { accessKeyId, secretAccessKey, sessionToken: textOf(json.sessionToken) },
  });
}

function missing(field: string): Connected {
  return { kind: "refused", field, problem: `${field} is missing` };
}

type Found = {
  baseUrl: string | undefined;
  region: string;
  apiKey?: string;
  keys?: { accessKeyId: string; secretAccessKey: string; sessionToken: string | undefined };
};

function connected({ baseUrl, region, apiKey = "", keys }: Found): Connected {
  if (baseUrl === undefined) return { kind: "refused", field: undefined, problem: "its address is not known" };
  if (!REGION.test(region)) {
    return { kind: "refused", field: "region", problem: `"${region}" is not a region such as ${USUAL_REGION}` };
  }
  const connection: Connection = {
    baseUrl: baseUrl.replace("${AWS_REGION}", region),
    apiKey,
    settings: { region },
    serves: (endpoint) => servesRegion(region, endpoint.region),
    ...(keys === undefined ? {} : { authorize: signerOf(keys, region) }),
  };
  return { kind: "connected", connections: [connection] };
}
