import "server-only";
import { z } from "zod";
import type { Catalog } from "@/lib/catalog/build-catalog";
import { getCatalog } from "@/lib/catalog/catalog";
import { renderEndpointList } from "@/lib/catalog/render-endpoint";
import { renderModel, renderModelList } from "@/lib/catalog/render-model";
import { renderProvider } from "@/lib/catalog/render-provider";
import { findModel } from "@/lib/catalog/resolve-model";
import { AppError } from "@/lib/errors";
import { measurementsOf } from "@/lib/measurements/measurements";
import { processState } from "@/lib/process-state";
import type { Model } from "@/lib/schemas/endpoint";
import type { PublicModel } from "@/lib/schemas/public-catalog";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { parseInput } from "../parse-input";

const listSchema = z
  .string()
  .transform((text) => text.split(",").flatMap((word) => (word.trim() === "" ? [] : word.trim())))
  .optional();

const modelsQuerySchema = z.object({
  offset: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).optional(),
  q: z.string().max(256).optional(),
  supported_parameters: listSchema,
  input_modalities: listSchema,
  output_modalities: listSchema,
});

const DEFAULT_PAGE = 500;

type Parameters = Readonly<Record<string, string>>;

/**
 * `GET /models`: all that converse or make pictures or sound, or a page of them when `offset` or `limit` is given. Models
 * of embeddings and rankings are listed where `output_modalities` asks for them, or for `all`.
 */
export async function listModels(request: GatewayRequest): Promise<GatewayResponse> {
  const query = queryOf(request);
  return modelPage(request, "/models", matching(query), query);
}

/** `GET /embeddings/models`, by pages as `GET /models`. */
export async function listEmbeddingModels(request: GatewayRequest): Promise<GatewayResponse> {
  const query = { ...queryOf(request), output_modalities: ["embeddings"] };
  return modelPage(request, "/embeddings/models", matching(query), query);
}

function modelPage(
  request: GatewayRequest,
  path: string,
  models: readonly PublicModel[],
  query: { offset?: number | undefined; limit?: number | undefined },
): GatewayResponse {
  if (query.offset === undefined && query.limit === undefined) {
    return jsonResponse(200, renderModelList(models, { totalCount: models.length, nextPath: null }));
  }
  const { offset = 0, limit = DEFAULT_PAGE } = query;
  const next = new URLSearchParams(request.query);
  next.set("offset", String(offset + limit));
  next.set("limit", String(limit));
  const nextPath = offset + limit < models.length ? `/api/v1${path}?${next}` : null;
  const page = models.slice(offset, offset + limit);
  return jsonResponse(200, renderModelList(page, { totalCount: models.length, nextPath }));
}

/** `GET /models/count` */
export async function countModels(request: GatewayRequest): Promise<GatewayResponse> {
  return jsonResponse(200, { data: { count: matching(queryOf(request)).length } });
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

function queryOf(request: GatewayRequest): z.infer<typeof modelsQuerySchema> {
  return parseInput(modelsQuerySchema, Object.fromEntries(request.query));
}

function matching(query: z.infer<typeof modelsQuerySchema>): readonly PublicModel[] {
  const words = query.q?.toLowerCase();
  return publicModels().filter(
    (model) =>
      (words === undefined || `${model.id} ${model.name}`.toLowerCase().includes(words)) &&
      hasAll(model.supported_parameters, query.supported_parameters) &&
      hasAll(model.architecture.input_modalities, query.input_modalities) &&
      producesWanted(model, query.output_modalities),
  );
}

/** Outputs that a caller who does not ask for them has no use for. */
const ON_REQUEST: ReadonlySet<string> = new Set(["embeddings", "rerank"]);

function producesWanted({ architecture }: PublicModel, wanted: readonly string[] | undefined): boolean {
  const { output_modalities: outputs } = architecture;
  return wanted === undefined ? outputs.some((output) => !ON_REQUEST.has(output)) : hasAll(outputs, wanted);
}

function hasAll(list: readonly string[], wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.includes("all") || wanted.every((word) => list.includes(word));
}

type Rendered = { catalog: Catalog; models: readonly PublicModel[] };

/** Rendered once per catalog: the list is asked for far more often than it changes. */
function publicModels(): readonly PublicModel[] {
  const catalog = getCatalog();
  const held = processState<{ current: Rendered | undefined }>("public-models", () => ({ current: undefined }));
  if (held.current?.catalog !== catalog) {
    const models = [...catalog.models.values()].map(({ fact }) => {
      const target = fact.aliasOf === undefined ? undefined : catalog.models.get(fact.aliasOf)?.fact;
      return renderModel(fact, target);
    });
    held.current = { catalog, models };
  }
  return held.current.models;
}
