import { z } from "zod";
import { providerPreferencesSchema } from "./provider-preferences";

/** How `openrouter/auto` came to its models. */
export const autoRouterRecordSchema = z.looseObject({
  /** 0 to 1. */
  difficulty: z.number(),
  taskType: z.string(),
  /** How sure the task type is, 0 to 1. */
  taskTypeProbability: z.number().optional(),
  /** 0 (quality alone) to 10 (price alone). */
  tradeoff: z.number().optional(),
  /** Who decided: our own weights, an outside router, or the model that the conversation was on already. */
  chosenBy: z.enum(["local", "not-diamond", "conversation"]).optional(),
  /** Of the models that could have served it, best first. */
  scores: z.array(z.looseObject({ model: z.string(), score: z.number() })),
  /** What moved the difficulty most; positive made it harder. Names of features, never words of the prompt. */
  features: z.array(z.looseObject({ name: z.string(), effect: z.number() })).optional(),
});
export type AutoRouterRecord = z.infer<typeof autoRouterRecordSchema>;

/**
 * How one request was routed, as it is stored and shown. Never any text of the prompt. Objects are loose, because a
 * newer version of the server may have written more.
 */
export const routeRecordSchema = z.looseObject({
  /** The model string of the request. */
  requested: z.string().optional(),
  strategy: z.string().optional(),
  /** The router entry that chose the models, such as `openrouter/auto`. */
  router: z.string().optional(),
  /** The presets that were worked in, the one that counted most first. */
  presets: z.array(z.looseObject({ id: z.string(), slug: z.string(), version: z.number() })).optional(),
  autoRouter: autoRouterRecordSchema.optional(),
  /** Who searched the web for the answer, how often, and how many pages were found, where that is known. */
  webSearch: z
    .looseObject({ engine: z.enum(["native", "exa"]), searches: z.number(), results: z.number().optional() })
    .optional()
    .catch(undefined),
  /** The `provider` object of the request, so that it can be planned again. */
  preferences: providerPreferencesSchema.optional().catch(undefined),
  /** In the order in which they would be tried. */
  candidates: z.array(
    z.looseObject({
      model: z.string(),
      provider: z.string(),
      /** The endpoint's tag. */
      endpoint: z.string(),
      /** Chance (0 to 1) of being tried first. */
      probability: z.number().nullish(),
      /** What it was ranked by: a price in USD, tokens per second, ms. */
      score: z.number().nullish(),
      /** The output limit in tokens that the credit paid for, when it was lower than what was asked. */
      clampedMaxTokens: z.number().optional(),
      /** What the account calls its own key for it; absent: the installation's key. */
      ownKey: z.string().optional(),
    }),
  ),
  excluded: z.array(
    z.looseObject({
      model: z.string(),
      provider: z.string(),
      endpoint: z.string(),
      /** The rule's name, for machines. */
      rule: z.string(),
      /** The same for people. */
      reason: z.string(),
      /** The smallest change that would let the endpoint in. */
      fix: z.string().nullish(),
    }),
  ),
  attempts: z.array(
    z.looseObject({
      model: z.string(),
      provider: z.string(),
      endpoint: z.string(),
      /** HTTP status of the provider, or the one that the failure stands for. */
      status: z.number(),
      latencyMs: z.number(),
      error: z.string().nullish(),
      droppedParameters: z.array(z.string()).optional(),
      sandbox: z.boolean().optional(),
      ownKey: z.string().optional(),
    }),
  ),
  notices: z.array(z.string()),
});
export type RouteRecord = z.infer<typeof routeRecordSchema>;
