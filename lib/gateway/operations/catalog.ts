import "server-only";
import { z } from "zod";
import type { Catalog } from "@/lib/catalog/build-catalog";
import { getCatalog } from "@/lib/catalog/catalog";
import { renderEndpointList } from "@/lib/catalog/render-endpoint";
import { renderModel, renderModelList } from "@/lib/catalog/render-model";
import { renderProvider } from "@/lib/catalog/render-provider";
import { findModel } from "@/lib/catalog/resolve-model";
import { AppError, invalidField } from "@/lib/errors";
import { measurementsOf } from "@/lib/measurements/measurements";
import { filterModels } from "@/lib/model-list/filter-models";
import type { ModelFilter } from "@/lib/model-list/model-filter";
import { readModelFilter } from "@/lib/model-list/read-model-filter";
import { processState } from "@/lib/process-state";
import { publicUrl } from "@/lib/public-url";
import type { Model } from "@/lib/schemas/endpoint";
import type { PublicModel } from "@/lib/schemas/public-catalog";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { listedModels } from "../listed-models";
import { parseInput } from "../parse-input";
import { renderRss } from "../render-rss";

const pageSchema = z.object({
  offset: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).optional(),
  use_rss: z.string().optional(),
  use_rss_chat_links: z.string().optional(),
});

const DEFAULT_PAGE = 500;
/** What a feed reader is shown unless it asks for more. */
const FEED_LENGTH = 100;

type Parameters = Readonly<Record<string, string>>;

/**
 * `GET /models`: the models that fit the query, all of them or a page when `offset` or `limit` is given. Models of
 * embeddings and rankings are listed where `output_modalities` asks for them, or for `all`. With `use_rss=true` the newest
 * of them as a feed.
 *
 * @throws AppError `invalid_request` that names the first wrong parameter.
 */
export async function listModels(request: GatewayRequest): Promise<GatewayResponse> {
  const page = pageOf(request);
  const filter = filterOf(request);
  if (page.use_rss === "true") {
    return rssResponse(request, page, await matching(request, { ...filter, order: "newest" }));
  }
  return modelPage(request, "/models", page, await matching(request, filter));
}

/** `GET /embeddings/models`, by pages as `GET /models`. @throws as {@link listModels} */
export async function listEmbeddingModels(request: GatewayRequest): Promise<GatewayResponse> {
  const filter = { ...filterOf(request), outputModalities: ["embeddings"] };
  return modelPage(request, "/embeddings/models", pageOf(request), await matching(request, filter));
}

function modelPage(
  request: GatewayRequest,
  path: string,
  page: z.infer<typeof pageSchema>,
  models: readonly PublicModel[],
): GatewayResponse {
  if (page.offset === undefined && page.limit === undefined) {
    return jsonResponse(200, renderModelList(models, { totalCount: models.length, nextPath: null }));
  }
  const { offset = 0, limit = DEFAULT_PAGE } = page;
  const next = new URLSearchParams(request.query);
  next.set("offset", String(offset + limit));
  next.set("limit", String(limit));
  const nextPath = offset + limit < models.length ? `/api/v1${path}?${next}` : null;
  const shown = models.slice(offset, offset + limit);
  return jsonResponse(200, renderModelList(shown, { totalCount: models.length, nextPath }));
}

/** `GET /models/count` */
export async function countModels(request: GatewayRequest): Promise<GatewayResponse> {
  const { length } = await matching(request, filterOf(request));
  return jsonResponse(200, { data: { count: length } });
}

/** `GET /model/{author}/{slug}`; aliases and canonical slugs work too. @throws AppError `not_found` */
export async function getModel(_request: GatewayRequest, parameters: Parameters): Promise<GatewayResponse> {
  return jsonResponse(200, { data: renderModel(requireModel(parameters).fact) });
}

/** `GET /models/{author}/{slug}/endpoints` @throws AppError `not_found` */
export async function listModelEndpoints(_request: GatewayRequest, parameters: Parameters): Promise<GatewayResponse> {
  const { fact, endpoints } = requireModel(parameters);
  const measured = measurementsOf(endpoints.map(({ id }) => id));
  const rows = endpoints.map((endpoint) => ({
    endpoint: endpoint.fact,
    provider: endpoint.provider.fact,
    measurements: measured.get(endpoint.id) ?? null,
  }));
  return jsonResponse(200, { data: renderEndpointList(fact, rows) });
}

/** `GET /providers` */
export async function listProviders(): Promise<GatewayResponse> {
  const data = [...getCatalog().providers.values()].map(({ fact }) => renderProvider(fact));
  return jsonResponse(200, { data });
}

function requireModel({ author = "", slug = "" }: Parameters): Model {
  const model = findModel(getCatalog(), `${author}/${slug}`);
  if (model === undefined) throw new AppError("not_found", `Model "${author}/${slug}" not found`);
  return model;
}

function pageOf(request: GatewayRequest): z.infer<typeof pageSchema> {
  return parseInput(pageSchema, Object.fromEntries(request.query));
}

/** Without `sort` a search keeps the order of the whole list, so that pages of it can be asked for one by one. */
function filterOf(request: GatewayRequest): ModelFilter {
  const { filter, problems } = readModelFilter(request.query);
  const [problem] = problems;
  if (problem !== undefined) throw invalidField(problem.field, problem.problem);
  return { ...filter, order: filter.order ?? (filter.q === "" ? undefined : "newest") };
}

async function matching({ receivedMs }: GatewayRequest, filter: ModelFilter): Promise<PublicModel[]> {
  const rendered = renderedModels();
  const found = filterModels(await listedModels(receivedMs), filter, receivedMs);
  return found.flatMap(({ id }) => rendered.get(id) ?? []);
}

function rssResponse(
  request: GatewayRequest,
  { offset = 0, limit = FEED_LENGTH, use_rss_chat_links }: z.infer<typeof pageSchema>,
  models: readonly PublicModel[],
): GatewayResponse {
  const feed = renderRss(models.slice(offset, offset + limit), {
    baseUrl: publicUrl((name) => request.headers[name]),
    path: `/api/v1/models?${request.query}`,
    linksToChat: use_rss_chat_links === "true",
  });
  return { status: 200, headers: { "content-type": "application/rss+xml; charset=utf-8" }, body: feed };
}

type Rendered = { catalog: Catalog; models: ReadonlyMap<string, PublicModel> };

/** Rendered once per catalog: the list is asked for far more often than it changes. */
function renderedModels(): ReadonlyMap<string, PublicModel> {
  const catalog = getCatalog();
  const held = processState<{ current: Rendered | undefined }>("public-models", () => ({ current: undefined }));
  if (held.current?.catalog !== catalog) {
    const models = [...catalog.models.values()].map(({ id, fact }): [string, PublicModel] => {
      const target = fact.aliasOf === undefined ? undefined : catalog.models.get(fact.aliasOf)?.fact;
      return [id, renderModel(fact, target)];
    });
    held.current = { catalog, models: new Map(models) };
  }
  return held.current.models;
}
