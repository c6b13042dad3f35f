import { accessState } from "@/lib/providers/provider-access";
import { planWithCompression } from "@/lib/routing/plan-with-compression";
import { hasWay, waysOf } from "@/lib/routing/ways-of";
import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import { measureContext } from "./measure-context";
import { needsOf } from "./needs-of";
import type { ResolvedRequest } from "./resolve-request";

/**
 * Those of `models` that planning would leave an endpoint for this request: its needs, its preferences and the account's,
 * and who is configured. In the order given.
 */
export async function ableModels(resolved: ResolvedRequest, models: readonly Model[]): Promise<readonly Model[]> {
  const { request, preferences, ownWays } = resolved;
  const { table } = accessState();
  const isConfigured = ({ provider }: Endpoint) => table.has(provider.slug);
  const plan = planWithCompression({
    models,
    needs: await measureContext(request, models, needsOf(request), (endpoint) =>
      hasWay(waysOf(endpoint, { isConfigured, ownWays })),
    ),
    // Who may serve is asked, not who comes first: with one endpoint in all, others would seem unable.
    preferences: { ...preferences, allowFallbacks: true, partition: "model" },
    isConfigured,
    ownWays,
    health: new Map(),
    random: () => 0,
  });
  if (plan.kind === "unroutable") return [];
  const able = new Set(plan.candidates.map(({ model }) => model));
  return models.filter((model) => able.has(model));
}
