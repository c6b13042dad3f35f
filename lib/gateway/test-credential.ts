import "server-only";
import type { StoredCredential } from "@/lib/byok/store";
import { getCatalog } from "@/lib/catalog/catalog";
import { findModel } from "@/lib/catalog/resolve-model";
import { openUpstream } from "@/lib/providers/open-upstream";
import { accessState, nextConnectionOf, type ProviderAccess } from "@/lib/providers/provider-access";
import { withoutSecrets } from "@/lib/providers/remove-secrets";
import { type Connection, UpstreamError } from "@/lib/providers/types";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import type { CredentialTest } from "@/lib/schemas/provider-credential";
import { adapterTargetOf } from "./adapter-target";
import { openAndConnect } from "./own-keys";
import { readAnswer, readText } from "./read-answer";
import { failureOf } from "./upstream-failure";

/** Enough for the models that refuse smaller limits. */
const MAX_TOKENS = 16;
const LIMIT_MS = 20_000;
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * Asks the provider for one short answer with an account's credential, at the cheapest of its models that the credential
 * is for. It costs the account what the provider takes for it, and nothing here. A refusal is told in the provider's own
 * words, without anything secret.
 */
export async function testCredential(row: StoredCredential): Promise<CredentialTest> {
  const connected = openAndConnect(row, accessState().table);
  if (connected.kind === "refused")
    return outcome({ works: false, message: `It cannot be used: ${connected.problem}` });
  const { access } = connected;
  const place = cheapestOf(row, access);
  if (place === undefined) {
    return outcome({
      works: false,
      message: "It is for no model of this provider that writes text.",
      sandbox: access.sandbox,
    });
  }
  const startedMs = performance.now();
  const failure = await ask(place, access);
  return outcome({
    works: failure === undefined,
    message: failure ?? "It answered.",
    model: place.model.id,
    duration_ms: Math.round(performance.now() - startedMs),
    sandbox: access.sandbox,
  });
}

function outcome(known: Pick<CredentialTest, "works" | "message"> & Partial<CredentialTest>): CredentialTest {
  return { model: null, duration_ms: 0, sandbox: false, ...known };
}

type Place = { model: Model; endpoint: Endpoint; connection: Connection };

function cheapestOf({ provider, allowedModels }: StoredCredential, access: ProviderAccess): Place | undefined {
  const catalog = getCatalog();
  const allowed = new Set(allowedModels.map((id) => findModel(catalog, id)?.id));
  let cheapest: Place | undefined;
  for (const model of catalog.models.values()) {
    if (!isForText(model) || (allowed.size > 0 && !allowed.has(model.id))) continue;
    for (const endpoint of model.endpoints) {
      if (endpoint.provider.slug !== provider) continue;
      const connection = nextConnectionOf(access, endpoint);
      if (connection === undefined || (cheapest !== undefined && priceOf(cheapest.endpoint) <= priceOf(endpoint)))
        continue;
      cheapest = { model, endpoint, connection };
    }
  }
  return cheapest;
}

function isForText({ fact: { inputModalities, outputModalities } }: Model): boolean {
  return inputModalities.includes("text") && outputModalities.length === 1 && outputModalities.includes("text");
}

function priceOf({ prices }: Endpoint): bigint {
  return prices.prompt + prices.completion + prices.request;
}

/** @returns what went wrong, `undefined` when the provider answered. */
async function ask({ model, endpoint, connection }: Place, access: ProviderAccess): Promise<string | undefined> {
  const adapter = access.adapter.forModel?.(endpoint.upstreamId) ?? access.adapter;
  const request = chatRequestSchema.parse({
    model: model.id,
    max_tokens: MAX_TOKENS,
    messages: [{ role: "user", content: "Answer with OK." }],
  });
  const candidate = { model, endpoint, stable: true, probability: 1, score: null };
  const paid = { ...candidate, maxTokens: MAX_TOKENS, paidOutputTokens: undefined, clamped: false };
  let timer: NodeJS.Timeout | undefined;
  let sentHeaders: Readonly<Record<string, string>> = {};
  try {
    const target = adapterTargetOf(paid, connection);
    const built = adapter.buildRequest({ request, target, stream: false, maxTokens: MAX_TOKENS, betaFeatures: [] });
    const { authorize, isGuarded } = connection;
    const authorized = authorize === undefined ? built : await authorize(built, target.region);
    sentHeaders = authorized.headers;
    const call = openUpstream(authorized, isGuarded);
    timer = setTimeout(() => call.cancel(new UpstreamError(TOO_SLOW)), LIMIT_MS);
    const response = await call.response;
    if (response.status < 200 || response.status >= 300) {
      const body = await readText(response, MAX_ERROR_BYTES).catch(() => "");
      throw new UpstreamError(adapter.decodeFailure(response.status, body));
    }
    const answer = readAnswer(adapter, response);
    for (let read = await answer.next(); read.done !== true; ) read = await answer.next();
    return undefined;
  } catch (error) {
    const { status, message } = withoutSecrets(failureOf(error), sentHeaders);
    return `${endpoint.provider.name} refused it with status ${status}: ${message}`;
  } finally {
    clearTimeout(timer);
  }
}

const TOO_SLOW = {
  status: 408,
  providerCode: undefined,
  message: `no answer within ${LIMIT_MS / 1_000} seconds`,
} as const;
