import "server-only";
import { variablePrefixOf } from "@/lib/provider-variable";
import type { Protocol, ProviderFact } from "@/lib/schemas/catalog";
import type { LocalModel, LocalProvider } from "@/lib/schemas/local-model";
import { listModels, type ModelDetails, type ReadJson } from "./local/list-models";
import { jsonReader } from "./local/read-json";
import type { ProviderAccess } from "./provider-access";
import { adapterOf } from "./registry";
import type { Connection } from "./types";

type Variables = Readonly<Record<string, string | undefined>>;

/** The provider of servers that the operator lists by address, whatever they are. */
const LISTED = { slug: "local", name: "Local", protocol: "openai-compatible" } as const;

type LocalServer = { slug: string; name: string; protocol: Protocol; baseUrl: string; apiKey: string };

export type LocalFindings = { providers: readonly LocalProvider[]; access: ReadonlyMap<string, ProviderAccess> };

/** Where local servers may be: on their usual ports, or where the environment says. */
export function localServersOf(providers: Iterable<ProviderFact>, variables: Variables): readonly LocalServer[] {
  const servers: LocalServer[] = [];
  for (const { kind, slug, name, protocol, baseUrl: usual } of providers) {
    if (kind !== "local") continue;
    const prefix = variablePrefixOf(slug);
    const baseUrl = variables[`${prefix}_BASE_URL`] || usual;
    // Ollama's own key variable is that of its cloud, which a server of one's own must not be sent.
    const apiKey = protocol === "ollama" ? "" : (variables[`${prefix}_API_KEY`] ?? "");
    if (baseUrl !== undefined) servers.push({ slug, name, protocol, baseUrl: baseUrl.replace(/\/+$/, ""), apiKey });
  }
  for (const address of (variables.LOCAL_OPENAI_BASE_URLS ?? "").split(",")) {
    if (address.trim() === "") continue;
    const baseUrl = address.trim().replace(/\/+$/, "");
    servers.push({ ...LISTED, baseUrl: baseUrl.endsWith("/v1") ? baseUrl : `${baseUrl}/v1`, apiKey: "" });
  }
  return servers;
}

/**
 * Asks local servers for their models. Those that do not answer are left out without a word.
 * @param details what servers said of models before; added to
 */
export async function probeLocalServers(
  servers: readonly LocalServer[],
  details: ModelDetails,
  readerOf: (apiKey: string) => ReadJson = jsonReader,
): Promise<LocalFindings> {
  const answers = await Promise.all(
    servers.map(async (server) => {
      const { baseUrl, protocol, apiKey } = server;
      return { server, models: await listModels(baseUrl, protocol, readerOf(apiKey), details) };
    }),
  );
  const models = new Map<string, LocalModel[]>();
  const names = new Map<string, string>();
  const access = new Map<string, ProviderAccess>();
  for (const { server, models: found } of answers) {
    if (found === undefined || found.length === 0) continue;
    names.set(server.slug, server.name);
    models.set(server.slug, [...(models.get(server.slug) ?? []), ...found]);
    const known = access.get(server.slug);
    const connection = connectionOf(server, found);
    access.set(server.slug, {
      adapter: adapterOf(server.protocol),
      connections: known === undefined ? [connection] : [...known.connections, connection],
      sandbox: false,
    });
  }
  const providers = [...models].map(([slug, found]) => ({ slug, name: names.get(slug) ?? slug, models: found }));
  return { providers, access };
}

function connectionOf({ baseUrl, apiKey }: LocalServer, models: readonly LocalModel[]): Connection {
  const names = new Set(models.map(({ upstreamId }) => upstreamId));
  return {
    baseUrl: baseUrl.endsWith("/v1") ? baseUrl : `${baseUrl}/v1`,
    apiKey,
    serves: ({ upstreamId }) => names.has(upstreamId),
  };
}
