/** What vectors are for. */
export type Purpose = "query" | "document" | "classification" | "clustering" | "similarity";

const PURPOSES: ReadonlyMap<string, Purpose> = new Map([
  ["query", "query"],
  ["search_query", "query"],
  ["retrieval_query", "query"],
  ["document", "document"],
  ["search_document", "document"],
  ["retrieval_document", "document"],
  ["passage", "document"],
  ["classification", "classification"],
  ["clustering", "clustering"],
  ["similarity", "similarity"],
  ["semantic_similarity", "similarity"],
]);

/** What an `input_type` means, whichever provider's word it is; `undefined` for words that nobody here knows. */
export function purposeOf(inputType: string | undefined): Purpose | undefined {
  return inputType === undefined ? undefined : PURPOSES.get(inputType.toLowerCase());
}
