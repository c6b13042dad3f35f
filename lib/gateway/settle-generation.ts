import { getBilling } from "@/lib/billing/billing-state";
import { BYOK_FEE_PERCENT, byokFeeExact } from "@/lib/billing/byok-fee";
import { endByok } from "@/lib/billing/byok-waiver";
import { type GenerationPrice, priceGeneration, providersCost } from "@/lib/billing/price-generation";
import { env } from "@/lib/env";
import { measurementBook } from "@/lib/measurements/measurements";
import { ceilToNano, type NanoUsd } from "@/lib/money";
import { NO_TOKENS, type TokenUsage } from "@/lib/schemas/chat-chunk";
import type { RouteRecord } from "@/lib/schemas/route-record";
import type { GenerationRow, Settlement, UsageEntry } from "@/lib/schemas/settlement";
import { noteAffinity } from "./affinity";
import { countPromptTokens, countTokens } from "./count-tokens";
import type { GenerationContext } from "./generation-context";
import { mediaTokensOf } from "./media-tokens";
import type { AnswerOutcome } from "./meter-answer";
import { withPictureTokens } from "./picture-tokens";
import { tokenFamilyOf } from "./token-families";

export type SettledGeneration = {
  usage: TokenUsage;
  estimated: boolean;
  insured: boolean;
  /** Taken from the account's credits: the usual price, or our fee where it was answered with a key of its own. */
  costNanoUsd: NanoUsd;
  /** At the usual prices; what the provider takes where the key was the account's own. */
  price: GenerationPrice;
  isByok: boolean;
  /** How often the web was searched for it, by whomever. */
  searches: number;
};

/**
 * Charges an answer and records it. Resolves when both are committed: only then may the client be told that it is
 * complete. An answer that failed, or came out empty without a reason, costs nothing (zero completion insurance).
 */
export async function settleGeneration(context: GenerationContext, outcome: AnswerOutcome): Promise<SettledGeneration> {
  const { leases, settlements } = getBilling();
  const { usage, estimated } = await usageOf(outcome);
  const { endpoint, ownKey } = outcome.candidate;
  const price = priceGeneration(usage, endpoint.prices, {
    webResults: resultsOf(outcome),
    ocrPages: outcome.ocrPages,
  });
  const search = searchRecordOf(outcome, usage);
  if (search !== undefined) context.route.webSearch = search;
  // It may have thought that it needs none, or failed at it; nothing is charged for it.
  if (search?.searches === 0 && outcome.usage !== undefined && outcome.end.kind === "finished")
    context.route.notices.push(`${endpoint.provider.name} answered without searching the web`);
  const insured = isInsured(outcome, usage);
  const isByok = ownKey !== undefined;
  const usual = isByok ? ceilToNano(byokFeeExact(providersCost(price)) + price.ownCost) : price.totalNanoUsd;
  const billed: SettledGeneration = {
    usage,
    estimated,
    insured,
    costNanoUsd: insured ? 0n : usual,
    price,
    isByok,
    searches: search?.searches ?? 0,
  };

  const { accountId, keyHash, amountNanoUsd, byok } = context.hold;
  const fee = await settlements.settle(settlementOf(context, outcome, billed));
  const expected = byok?.isFree === true ? ceilToNano(price.ownCost) : usual;
  const settled = isByok && !insured ? { ...billed, costNanoUsd: fee ?? expected } : billed;
  // While nobody knows yet whether there is a fee, the lease is what pays for it.
  const spent = isByok && fee === undefined ? billed.costNanoUsd : settled.costNanoUsd;
  leases.settle(
    accountId,
    keyHash,
    amountNanoUsd,
    isPromised(context, outcome) ? smaller(spent, amountNanoUsd) : spent,
  );
  if (byok !== undefined) endByok(accountId, byok, isByok && !insured);
  noteSpeed(context, outcome, usage);
  noteWhereItIs(context, outcome, usage);
  return settled;
}

/**
 * Ends a generation to which no provider gave an answer. The hold is released, nothing is charged; the record keeps the
 * route, so that it can be seen why.
 */
export async function settleUnanswered(context: GenerationContext, aborted: boolean): Promise<void> {
  const { leases, settlements } = getBilling();
  const [{ model }] = context.hold.candidates;
  const row = rowOf(context, {
    modelId: model.id,
    state: aborted ? "aborted" : "failed",
    finishReason: aborted ? null : "error",
    route: context.route,
  });
  const { accountId, keyHash, amountNanoUsd, byok } = context.hold;
  leases.settle(accountId, keyHash, amountNanoUsd, 0n);
  if (byok !== undefined) endByok(accountId, byok, false);
  await settlements.settle({ generation: row, entry: null });
}

function resultsOf({ search }: AnswerOutcome): number {
  return search?.engine === "exa" ? search.results : 0;
}

/** Some providers search whether they are asked to or not. */
function searchRecordOf(outcome: AnswerOutcome, { searches = 0 }: TokenUsage): RouteRecord["webSearch"] {
  const { search } = outcome;
  if (search?.engine === "exa") return { engine: "exa", searches: 1, results: search.results };
  return search === undefined && searches === 0 ? undefined : { engine: "native", searches };
}

/** What was used, with the tokens of pictures told apart. */
async function usageOf(outcome: AnswerOutcome): Promise<{ usage: TokenUsage; estimated: boolean }> {
  const counted = await countsOf(outcome);
  const { pictures, candidate } = outcome;
  if (pictures === 0) return counted;
  const { usage, estimated } = withPictureTokens(counted.usage, {
    pictures,
    onlyDraws: !candidate.model.fact.outputModalities.includes("text"),
    textTokens: await countTokens(outcome.producedText(), tokenFamilyOf(candidate.model)),
  });
  return { usage, estimated: estimated || counted.estimated };
}

/**
 * The provider's counts, where it gave them. What it left out is counted by us: everything when it gave none, the answer
 * when it broke off before its last word (a running count lags behind), and what it calls zero although it is there.
 */
async function countsOf(outcome: AnswerOutcome): Promise<{ usage: TokenUsage; estimated: boolean }> {
  const { usage } = outcome;
  const text = outcome.producedText();
  const isFinal = outcome.end.kind === "finished" || outcome.finishReason !== undefined;
  if (usage !== undefined && isFinal && usage.promptTokens > 0 && (usage.completionTokens > 0 || text === ""))
    return { usage, estimated: false };

  const promptTokens =
    usage !== undefined && usage.promptTokens > 0 ? usage.promptTokens : await promptTokensOf(outcome);
  const counted = await countTokens(text, tokenFamilyOf(outcome.candidate.model));
  const completionTokens = Math.max(counted, usage?.completionTokens ?? 0);
  const given = { ...NO_TOKENS, ...usage };
  return { usage: { ...given, promptTokens, completionTokens }, estimated: true };
}

/** Of what was sent, which may be less than what the caller did. */
async function promptTokensOf({ request, candidate }: AnswerOutcome): Promise<number> {
  const counted = await countPromptTokens(request, tokenFamilyOf(candidate.model));
  return request.messages.reduce((sum, message) => sum + mediaTokensOf(message), counted);
}

function isInsured(outcome: AnswerOutcome, usage: TokenUsage): boolean {
  if (outcome.end.kind === "failed" || outcome.finishReason === "error") return true;
  return outcome.end.kind === "finished" && outcome.finishReason === undefined && usage.completionTokens === 0;
}

function settlementOf(context: GenerationContext, outcome: AnswerOutcome, settled: SettledGeneration): Settlement {
  const { usage, estimated, insured, costNanoUsd, price, isByok } = settled;
  const { endpoint, model } = outcome.candidate;
  const upstreamCostNanoUsd = (insured ? 0n : ceilToNano(providersCost(price))).toString();
  const aborted = outcome.end.kind === "aborted";
  const failed = outcome.end.kind === "failed";
  const firstTokenMs = Math.max(0, Math.round(outcome.firstChunkMs - context.startedMs));
  const attempt = context.route.attempts.at(-1);
  const generation = rowOf(context, {
    modelId: model.id,
    providerSlug: endpoint.provider.slug,
    endpointTag: endpoint.tag,
    upstreamId: outcome.upstreamId ?? null,
    state: failed ? "failed" : aborted ? "aborted" : "finished",
    finishReason: failed ? "error" : (outcome.finishReason ?? null),
    nativeFinishReason: outcome.nativeFinishReason ?? null,
    promptTokens: usage.promptTokens,
    completionTokens: usage.completionTokens,
    reasoningTokens: usage.reasoningTokens,
    cachedTokens: usage.cachedTokens,
    cacheWriteTokens: usage.cacheWriteTokens,
    imageTokens: usage.completionImageTokens,
    audioTokens: usage.promptAudioTokens + usage.completionAudioTokens,
    estimated,
    insured,
    sandbox: outcome.sandbox,
    isByok,
    costNanoUsd: costNanoUsd.toString(),
    upstreamCostNanoUsd: isByok ? upstreamCostNanoUsd : null,
    firstTokenMs,
    gatewayMs: attempt === undefined ? null : Math.max(0, firstTokenMs - attempt.latencyMs),
    generationMs: Math.max(0, Math.round(outcome.endMs - outcome.firstChunkMs)),
    serviceTier: outcome.serviceTier ?? null,
  });
  const entry: UsageEntry = {
    accountId: context.caller.accountId,
    kind: isByok ? "byok_fee" : "usage",
    amountNanoUsd: (-costNanoUsd).toString(),
    generationId: context.id,
    apiKeyHash: context.caller.key?.hash ?? null,
    state: insured ? "insured" : aborted ? "aborted" : estimated ? "estimated" : "exact",
    computation: {
      endpoint: endpoint.id,
      rounding: "once, up to the next nano-dollar",
      // 1e-24 USD a unit, as text: exact, and the same number when it is computed again.
      lines: price.lines.map((line) => [line.class, line.quantity, line.price.toString()]),
      ...(isByok ? { feePercent: BYOK_FEE_PERCENT } : {}),
    },
    ...byokOf(context, outcome, upstreamCostNanoUsd, insured ? 0n : ceilToNano(price.ownCost)),
  };
  return { generation, entry };
}

/** What settling a fee needs to know. */
function byokOf(
  context: GenerationContext,
  outcome: AnswerOutcome,
  upstreamCostNanoUsd: string,
  ownNanoUsd: NanoUsd,
): Pick<UsageEntry, "byok"> {
  const { byok, amountNanoUsd } = context.hold;
  const { ownKey } = outcome.candidate;
  if (ownKey === undefined || byok === undefined) return {};
  const { month } = byok;
  const held = isPromised(context, outcome) ? { heldNanoUsd: amountNanoUsd.toString() } : {};
  return {
    byok: {
      credentialId: ownKey.id,
      month,
      freeRequests: env().BYOK_FREE_REQUESTS,
      upstreamCostNanoUsd,
      ...(ownNanoUsd === 0n ? {} : { ownNanoUsd: ownNanoUsd.toString() }),
      ...held,
    },
  };
}

/** Admitted without credit for the fee, which other processes may have made due meanwhile. */
function isPromised({ hold: { byok } }: GenerationContext, { candidate: { ownKey } }: AnswerOutcome): boolean {
  return ownKey !== undefined && byok?.isFree === true && getBilling().enforced;
}

function smaller(a: NanoUsd, b: NanoUsd): NanoUsd {
  return a < b ? a : b;
}

function rowOf(
  context: GenerationContext,
  ending: Partial<GenerationRow> & Pick<GenerationRow, "modelId" | "state" | "finishReason">,
): GenerationRow {
  return {
    id: context.id,
    accountId: context.caller.accountId,
    apiKeyHash: context.caller.key?.hash ?? null,
    createdAt: context.createdAt,
    apiType: context.form.apiType,
    requestedModel: context.requestedModel,
    providerSlug: null,
    endpointTag: null,
    upstreamId: null,
    streamed: context.streamed,
    nativeFinishReason: null,
    promptTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    imageTokens: 0,
    audioTokens: 0,
    estimated: false,
    insured: false,
    sandbox: false,
    isByok: false,
    costNanoUsd: "0",
    upstreamCostNanoUsd: null,
    firstTokenMs: null,
    gatewayMs: null,
    generationMs: null,
    ...context.client,
    externalUser: context.request.user ?? null,
    serviceTier: null,
    route: context.route,
    ...ending,
  };
}

/** A provider that reports cached tokens holds the conversation; so does one that just wrote them into its cache. */
function noteWhereItIs({ conversation }: GenerationContext, outcome: AnswerOutcome, usage: TokenUsage): void {
  const { candidate, signatures, end } = outcome;
  const cache = usage.cachedTokens > 0 || usage.cacheWriteTokens > 0;
  if (end.kind === "failed" || (!cache && signatures.length === 0)) return;
  noteAffinity(conversation, candidate, { cache, signatures }, Date.now());
}

/** A stream that is over sooner came in a few network reads, and says only that it is at least so fast. */
const MIN_FLOW_MS = 50;

/** Tokens per second after the first content; over the whole attempt where the provider sent the answer whole. */
function noteSpeed(context: GenerationContext, outcome: AnswerOutcome, usage: TokenUsage): void {
  const attempt = context.route.attempts.at(-1);
  if (outcome.end.kind !== "finished" || attempt === undefined || outcome.candidate.ownKey !== undefined) return;
  const flowMs = outcome.endMs - outcome.firstChunkMs;
  const spentMs = outcome.streamed ? Math.max(flowMs, MIN_FLOW_MS) : Math.max(flowMs + attempt.latencyMs, 1);
  const tokensPerSecond = usage.completionTokens > 0 ? (usage.completionTokens * 1_000) / spentMs : undefined;
  measurementBook().noteSpeed(outcome.candidate.endpoint.id, attempt.latencyMs, tokensPerSecond, Date.now());
}
