import type { Purpose } from "../tasks/input-type";

/** How one provider's embeddings and rankings differ from the plainest dialect of OpenAI's protocol. */
export type TaskQuirks = {
  /** Name of the wanted length of the vectors. */
  dimensionsField: string;
  /** Its words for what vectors are for, under `input_type`. Absent: it takes no such field. */
  purposes: Partial<Record<Purpose, string>> | undefined;
  /** Takes `input_type` in whatever words, and inputs of several parts. */
  isOpenRouter: boolean;
  /** Takes `user`. */
  user: boolean;
  /** Name of the wanted number of documents. */
  topField: string;
};

const PLAIN: TaskQuirks = {
  dimensionsField: "dimensions",
  purposes: undefined,
  isOpenRouter: false,
  user: false,
  topField: "top_n",
};

/** Facts by provider slug. A provider that is not here speaks the plain dialect. */
const QUIRKS: Readonly<Record<string, Partial<TaskQuirks>>> = {
  // Source: type declarations of the npm package openai 7.55.0, EmbeddingCreateParams, read 2026-11-21.
  openai: { user: true },
  // Keeps OpenRouter's own request shape. Source: its OpenAPI document of 2026-08-22.
  openrouter: { user: true, isOpenRouter: true },
  // Source: docs.voyageai.com reference of the embeddings and reranker APIs, as known in 2026-11.
  voyageai: {
    dimensionsField: "output_dimension",
    purposes: { query: "query", document: "document" },
    topField: "top_k",
  },
  // Source: docs.mistral.ai API reference, embeddings, as known in 2026-11.
  mistral: { dimensionsField: "output_dimension" },
};

const DIALECTS: ReadonlyMap<string, TaskQuirks> = new Map(
  Object.entries(QUIRKS).map(([providerSlug, quirks]) => [providerSlug, { ...PLAIN, ...quirks }]),
);

/** The dialect of a provider. */
export function taskQuirksOf(providerSlug: string): TaskQuirks {
  return DIALECTS.get(providerSlug) ?? PLAIN;
}
