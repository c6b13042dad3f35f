import { fillPlaceholders } from "../connect-plainly";
import { isRecord, parseJson, textOf } from "../json";
import type { Connected, ConnectInput, Connection } from "../types";

/** The last version by date; the addresses under `/openai/v1` need none. */
const USUAL_API_VERSION = "2025-04-01-preview";

/**
 * A key for one resource, whose models are deployed under their own names unless `AZURE_DEPLOYMENTS` says otherwise
 * (`gpt-4o=mine,gpt-5=other`); or JSON, one object or a list of them, with an address for each model.
 */
export function connect(input: ConnectInput): Connected {
  const { credential, baseUrl, variables } = input;
  if (/^\s*[[{]/.test(credential)) return connectDeployments(input);
  if (credential === "") return { kind: "absent" };
  const filled = fillPlaceholders(baseUrl, variables);
  if (filled.kind === "unknown") return { kind: "refused", field: undefined, problem: "its address is not known" };
  if (filled.kind === "incomplete") {
    return { kind: "refused", field: filled.variable, problem: `its address needs ${filled.variable}` };
  }
  const version = textOf(variables.AZURE_API_VERSION);
  // Under /openai/v1 a version is sent only when the operator names one.
  const settings: Record<string, string> = { usualApiVersion: USUAL_API_VERSION };
  if (version !== undefined) settings.apiVersion = version;
  for (const pair of (variables.AZURE_DEPLOYMENTS ?? "").split(",")) {
    const [model, deployment] = pair.split("=").map((word) => word.trim());
    if (model && deployment) settings[`deployment:${model}`] = deployment;
  }
  return { kind: "connected", connections: [{ baseUrl: filled.url, apiKey: credential, settings }] };
}

const FIELDS = ["model_slug", "endpoint_url", "api_key", "model_id"] as const;

function connectDeployments({ credential, isAccounts }: ConnectInput): Connected {
  const json = parseJson(credential);
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  const connections: Connection[] = [];
  for (const [index, entry] of list.entries()) {
    const at = Array.isArray(json) ? `[${index}].` : "";
    if (!isRecord(entry)) {
      return { kind: "refused", field: undefined, problem: "its credential is not a JSON object or a list of them" };
    }
    const missing = FIELDS.find((field) => textOf(entry[field]) === undefined);
    if (missing !== undefined) return { kind: "refused", field: at + missing, problem: `${at}${missing} is missing` };
    const [modelSlug = "", endpointUrl = "", apiKey = "", deployment = ""] = FIELDS.map((field) =>
      String(entry[field]).trim(),
    );
    if (!/^https?:\/\/[^\s/]+/.test(endpointUrl)) {
      const field = `${at}endpoint_url`;
      return { kind: "refused", field, problem: `${field} is not an http(s) address` };
    }
    connections.push({
      baseUrl: endpointUrl,
      apiKey,
      settings: { deployment, usualApiVersion: USUAL_API_VERSION },
      serves: ({ modelId }) => modelId === modelSlug,
      ...(isAccounts === true ? { isGuarded: true as const } : {}),
    });
  }
  const [first, ...others] = connections;
  if (first === undefined) return { kind: "refused", field: undefined, problem: "its credential is an empty list" };
  return { kind: "connected", connections: [first, ...others] };
}
