import { renderArchitecture } from "@/lib/catalog/render-architecture";
import { renderPricing } from "@/lib/catalog/render-pricing";
import type { ModelFact } from "@/lib/schemas/catalog";
import type { PublicModel, PublicModelList, PublicReasoning } from "@/lib/schemas/public-catalog";

/**
 * One entry of `GET /models`.
 *
 * `aliasTarget` is the model that an alias stands for; leave it out for all others.
 */
export function renderModel(model: ModelFact, aliasTarget?: ModelFact): PublicModel {
  return {
    id: model.id,
    canonical_slug: model.canonicalSlug,
    hugging_face_id: model.huggingFaceId ?? "",
    name: model.name,
    created: model.createdSeconds,
    description: model.description ?? "",
    context_length: model.contextTokens,
    architecture: renderArchitecture(model),
    pricing: renderPricing(model.prices),
    top_provider: {
      context_length: model.status === "router" ? null : (model.topProviderContextTokens ?? model.contextTokens),
      max_completion_tokens: model.maxOutputTokens ?? null,
      is_moderated: model.isModerated,
    },
    per_request_limits: null,
    supported_parameters: model.supportedParameters,
    default_parameters: model.defaultParameters ?? {},
    supported_voices: null,
    expiration_date: model.expirationDate ?? null,
    knowledge_cutoff: model.knowledgeCutoff ?? null,
    links: { details: `/api/v1/models/${detailsSlugOf(model)}/endpoints` },
    ...(model.reasoning !== undefined && { reasoning: renderReasoning(model.reasoning) }),
    ...(aliasTarget !== undefined && { alias_target: { slug: aliasTarget.id, name: aliasTarget.name } }),
  };
}

/** The body of `GET /models`; `nextPath` is where the next page is, null on the last one. */
export function renderModelList(
  models: readonly PublicModel[],
  page: { totalCount: number; nextPath: string | null },
): PublicModelList {
  return { data: [...models], total_count: page.totalCount, links: { next: page.nextPath } };
}

/** A static variant shares the canonical slug of its base, so only its id leads to its own endpoints. */
function detailsSlugOf(model: ModelFact): string {
  return model.id.includes(":") ? model.id : model.canonicalSlug;
}

function renderReasoning(reasoning: NonNullable<ModelFact["reasoning"]>): PublicReasoning {
  return {
    mandatory: reasoning.mandatory ?? false,
    supported_efforts: reasoning.efforts ?? null,
    supports_max_tokens: reasoning.budget ?? false,
  };
}
