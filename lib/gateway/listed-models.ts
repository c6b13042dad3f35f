import "server-only";
import { weeklyTokens } from "@/lib/activity/weekly-tokens";
import type { Catalog } from "@/lib/catalog/build-catalog";
import { getCatalog } from "@/lib/catalog/catalog";
import { type ListFacts, listFacts } from "@/lib/catalog/list-facts";
import { measurementBook } from "@/lib/measurements/measurements";
import { type PackedModels, packModels } from "@/lib/model-list/pack-models";
import { processState } from "@/lib/process-state";
import { type AccessTable, accessState } from "@/lib/providers/provider-access";
import type { Endpoint } from "@/lib/schemas/endpoint";
import type { ListedModel } from "@/lib/schemas/listed-model";
import { BODY_BUILDER } from "./body-builder-plan";
import { endpointReach, type Reach } from "./endpoint-reach";
import { routerPoolOf } from "./router-pool";

type Listed = { catalog: Catalog; table: AccessTable; listedMs: number; models: ListedModel[]; packed: PackedModels };
type State = { facts: { catalog: Catalog; list: ListFacts[] } | undefined; listed: Listed | undefined };

/** Speeds and usage may be so old; the list is asked for far more often than they change. */
const FRESH_MS = 10_000;

const state = () => processState<State>("listed-models", () => ({ facts: undefined, listed: undefined }));

/**
 * All models as lists show them, newest first, with what was measured of them lately.
 *
 * @param reach what the reader reaches; without, what the installation's keys lead to.
 */
export async function listedModels(nowMs: number, reach?: Reach): Promise<readonly ListedModel[]> {
  const { catalog, models } = await current(nowMs);
  return reach === undefined ? models : withReach(catalog, models, reach);
}

/** The same, packed for a browser. Who reaches no more than everybody gets the list that is kept. */
export async function packedModels(nowMs: number, reach?: Reach): Promise<PackedModels> {
  const { catalog, models, packed } = await current(nowMs);
  const reached = reach === undefined ? models : withReach(catalog, models, reach);
  return reached === models ? packed : packModels(reached);
}

/** The list itself where the reader reaches the same models as everybody. */
function withReach(catalog: Catalog, models: readonly ListedModel[], reach: Reach): readonly ListedModel[] {
  const reached = models.map((model) => {
    const isReachable = isReached(catalog, model.id, reach);
    return isReachable === model.isReachable ? model : { ...model, isReachable };
  });
  return reached.every((model, place) => model === models[place]) ? models : reached;
}

function isReached(catalog: Catalog, id: string, reach: Reach): boolean {
  return id === BODY_BUILDER || endpointsBehind(catalog, id).some(reach);
}

async function current(nowMs: number): Promise<Listed> {
  const used = await weeklyTokens(nowMs);
  const catalog = getCatalog();
  const { table } = accessState();
  const { listed } = state();
  if (
    listed !== undefined &&
    listed.catalog === catalog &&
    listed.table === table &&
    nowMs - listed.listedMs < FRESH_MS
  )
    return listed;

  const everybodys = endpointReach({});
  const models = factsOf(catalog).map((facts) => ({
    ...facts,
    isReachable: isReached(catalog, facts.id, everybodys),
    ...speedOf(catalog, facts.id, nowMs),
    weeklyTokens: used.get(facts.id) ?? 0,
  }));
  const fresh: Listed = { catalog, table, listedMs: nowMs, models, packed: packModels(models) };
  state().listed = fresh;
  return fresh;
}

function factsOf(catalog: Catalog): ListFacts[] {
  const held = state();
  if (held.facts?.catalog !== catalog) held.facts = { catalog, list: listFacts(catalog) };
  return held.facts.list;
}

/** Where requests to a model go: a router's to its pool, an alias's to what it stands for. */
function endpointsBehind(catalog: Catalog, id: string): readonly Endpoint[] {
  const pool = routerPoolOf(catalog, id) ?? [catalog.models.get(id)?.fact.aliasOf ?? id];
  return pool.flatMap((one) => catalog.models.get(one)?.endpoints ?? []);
}

function speedOf(catalog: Catalog, id: string, nowMs: number): Pick<ListedModel, "throughput" | "latencyMs"> {
  const book = measurementBook();
  // A router is as fast as what it chooses, which nobody knows before.
  const endpoints = routerPoolOf(catalog, id) !== undefined ? [] : endpointsBehind(catalog, id);
  const seen = endpoints.flatMap((endpoint) => book.measurementsOf(endpoint.id, nowMs) ?? []);
  const speeds = seen.flatMap(({ throughputTokensPerSecond }) => throughputTokensPerSecond?.p50 ?? []);
  const latencies = seen.flatMap(({ latencyMs }) => latencyMs?.p50 ?? []);
  return {
    throughput: speeds.length === 0 ? undefined : Math.max(...speeds),
    latencyMs: latencies.length === 0 ? undefined : Math.min(...latencies),
  };
}
