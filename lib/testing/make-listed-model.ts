import { authorOf } from "@/lib/model-list/author-of";
import type { ListedModel } from "@/lib/schemas/listed-model";

/** A model of a list, with believable values for all that a test does not care about. */
export function makeListedModel(changes: Partial<ListedModel> & { id: string }): ListedModel {
  return {
    name: changes.id,
    author: authorOf(changes.id),
    series: "Other",
    status: "active",
    createdSeconds: 1_700_000_000,
    description: "",
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    promptPrice: 1,
    completionPrice: 2,
    picturePrice: undefined,
    inputModalities: ["text"],
    outputModalities: ["text"],
    supportedParameters: ["max_tokens", "temperature"],
    providers: ["acme"],
    regions: [],
    zdr: false,
    distillable: false,
    isReachable: true,
    ranks: {},
    benchmarks: {},
    throughput: undefined,
    latencyMs: undefined,
    weeklyTokens: 0,
    ...changes,
  };
}
