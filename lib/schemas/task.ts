/** What a provider is asked for that is no conversation. */
export type Task = EmbeddingTask | RerankTask;

export type EmbeddingPart =
  | { type: "text"; text: string }
  | { type: "image_url"; image_url: { url: string } }
  | { type: "media"; kind: "audio" | "video" | "file"; mediaType: string; base64: string };

export type EmbeddingInput =
  | { kind: "text"; text: string }
  /** Numbers of the model's own vocabulary. */
  | { kind: "tokens"; tokens: readonly number[] }
  | { kind: "parts"; parts: readonly EmbeddingPart[] };

/** One vector for each input. */
export type EmbeddingTask = {
  kind: "embeddings";
  inputs: readonly EmbeddingInput[];
  /** Length of the vectors; absent: the model's own. */
  dimensions: number | undefined;
  /** What the vectors are for, as the caller says it: `search_query`, `document`, … */
  inputType: string | undefined;
  /** The caller's end user. */
  user: string | undefined;
};

export type RerankDocument = { text?: string; image?: string };

/** The documents in the order of their relevance to the query. */
export type RerankTask = {
  kind: "rerank";
  query: string;
  documents: readonly RerankDocument[];
  /** How many are wanted; absent: all. */
  topN: number | undefined;
};

export type RankedDocument = { index: number; relevanceScore: number };

export type TaskResult =
  /** In the order of the inputs. */
  | { kind: "embeddings"; vectors: readonly (readonly number[])[] }
  /** Best first. */
  | { kind: "rerank"; ranking: readonly RankedDocument[] };
