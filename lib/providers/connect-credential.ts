import "server-only";
import type { ProviderFact } from "@/lib/schemas/catalog";
import { placesOf } from "@/lib/schemas/credential-form";
import { operatorsAddressOf } from "./build-access";
import { connectPlainly } from "./connect-plainly";
import { isRecord, parseJson, textOf } from "./json";
import type { AccessTable, ProviderAccess } from "./provider-access";
import { adapterOf } from "./registry";
import type { Connected, Connection } from "./types";

type Variables = Readonly<Record<string, string | undefined>>;

export type ConnectedCredential =
  | { kind: "connected"; access: ProviderAccess }
  /** `field`: the part of the credential that is wrong, `undefined` when it is none of them. */
  | { kind: "refused"; field: string | undefined; problem: string };

/**
 * Makes the ways to a provider of a credential that an account gave. It goes to the operator's address for the provider,
 * or to the catalog's; or, where the sandbox plays the provider, to the sandbox, with nothing secret.
 *
 * @param credential in the form that `credentialFormOf` says
 */
export function connectCredential(
  provider: ProviderFact,
  credential: string,
  { variables, table }: { variables: Variables; table: AccessTable },
): ConnectedCredential {
  const adapter = adapterOf(provider.protocol);
  const played = table.get(provider.slug);
  const connected = (adapter.connect ?? connectByParts)({
    credential,
    baseUrl: addressOf(provider, variables, played),
    variables: {},
    isAccounts: true,
  });
  if (connected.kind === "absent") return { kind: "refused", field: undefined, problem: "it holds no key" };
  if (connected.kind === "refused") return connected;
  if (played?.sandbox !== true) {
    return { kind: "connected", access: { adapter, connections: connected.connections, sandbox: false } };
  }
  const [stage] = played.connections;
  const onStage = ({ serves }: Connection): Connection => (serves === undefined ? stage : { ...stage, serves });
  const [first, ...others] = connected.connections;
  return {
    kind: "connected",
    access: { adapter: played.adapter, connections: [onStage(first), ...others.map(onStage)], sandbox: true },
  };
}

/** Absent where nobody knows one; the sandbox stands in for that too. */
function addressOf(
  provider: ProviderFact,
  variables: Variables,
  played: ProviderAccess | undefined,
): string | undefined {
  const known = operatorsAddressOf(provider, variables) ?? provider.baseUrl;
  return known ?? (played?.sandbox === true ? played.connections[0].baseUrl : undefined);
}

/** A key; or JSON with the key and what the places of the address are filled with. */
function connectByParts(input: Parameters<typeof connectPlainly>[0]): Connected {
  const places = placesOf(input.baseUrl ?? "");
  const json = parseJson(input.credential);
  if (!isRecord(json)) return connectPlainly(input);
  const wrong = places.find((place) => !SAFE_PART.test(textOf(json[place]) ?? ""));
  if (wrong !== undefined)
    return { kind: "refused", field: wrong, problem: `${wrong} may hold letters, digits, - and _` };
  const variables = Object.fromEntries(places.map((place) => [place.toUpperCase(), textOf(json[place])]));
  return connectPlainly({ ...input, credential: textOf(json.api_key) ?? "", variables });
}

/** What cannot leave its place in an address. */
const SAFE_PART = /^[\w-]+$/;
