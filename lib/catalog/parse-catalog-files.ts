import { z } from "zod";
import {
  type EndpointFact,
  endpointFactSchema,
  type ModelFact,
  modelFactSchema,
  type PriceList,
  type ProviderFact,
  providerFactSchema,
} from "@/lib/schemas/catalog";

/** Parsed JSON of the files in `prisma/catalog`, under their names. */
export type CatalogFiles = Record<"providers" | "models" | "endpoints" | "descriptions" | "aliases", unknown>;

/** Facts that agree with each other: every reference resolves, every key is unique. */
export type CatalogFacts = {
  providers: ProviderFact[];
  /** With their descriptions. */
  models: ModelFact[];
  endpoints: EndpointFact[];
  /** Other names of models, each with the id of the model. None is itself an id, none leads to another alias. */
  aliases: ReadonlyMap<string, string>;
};

const MAX_REPORTED = 20;

const textByNameSchema = z.record(z.string(), z.string().min(1));

/**
 * Checks the catalog's files, each by itself and against the others.
 *
 * @throws Error that names every problem (the first 20 in full) with its file and the key of the entry.
 */
export function parseCatalogFiles(files: CatalogFiles): CatalogFacts {
  const problems = new Problems();

  const providers = parseRows(files.providers, providerFactSchema, providerKeySchema, problems.in("providers"));
  const models = parseRows(files.models, modelFactSchema, modelKeySchema, problems.in("models"));
  const endpoints = parseRows(files.endpoints, endpointFactSchema, endpointKeySchema, problems.in("endpoints"));
  const descriptions = parseTexts(files.descriptions, problems.in("descriptions"));
  const aliases = parseTexts(files.aliases, problems.in("aliases"));

  checkModels(models, problems.in("models"));
  checkEndpoints(endpoints, models, providers, problems.in("endpoints"));
  checkExacto(models, endpoints, problems.in("models"));
  checkDescriptions(descriptions, models, problems.in("descriptions"));
  checkAliases(aliases, models, problems.in("aliases"));
  problems.throwIfAny();

  return {
    providers: [...providers.valid.values()],
    models: [...models.valid.values()].map((model) => {
      const description = descriptions.get(model.id);
      return description === undefined ? model : { ...model, description };
    }),
    endpoints: [...endpoints.valid.values()],
    aliases,
  };
}

type Report = (key: string, message: string) => void;

class Problems {
  readonly #lines: string[] = [];

  in(file: keyof CatalogFiles): Report {
    return (key, message) => this.#lines.push(`${file}.json, ${key}: ${message}`);
  }

  throwIfAny(): void {
    if (this.#lines.length === 0) return;
    const shown = this.#lines.slice(0, MAX_REPORTED).map((line) => `\n- ${line}`);
    const hidden = this.#lines.length - shown.length;
    const rest = hidden > 0 ? `\n- and ${hidden} more` : "";
    throw new Error(`Defects in the catalog: ${this.#lines.length}${shown.join("")}${rest}`);
  }
}

type Rows<Fact> = {
  valid: Map<string, Fact>;
  /** Keys of all entries, broken ones too: one defect should not show up again wherever its entry is referred to. */
  keys: Set<string>;
};

// Read apart from the facts, so that a broken entry can be named too.
const providerKeySchema = z.object({ slug: z.string() }).transform(({ slug }) => slug);
const modelKeySchema = z.object({ id: z.string() }).transform(({ id }) => id);
const endpointKeySchema = z
  .object({ model: z.string(), tag: z.string() })
  .transform((row) => `${row.model} at ${row.tag}`);

function parseRows<Fact>(
  file: unknown,
  schema: z.ZodType<Fact>,
  keySchema: z.ZodType<string>,
  report: Report,
): Rows<Fact> {
  const rows: Rows<Fact> = { valid: new Map(), keys: new Set() };
  const entries = z.array(z.unknown()).safeParse(file);
  if (!entries.success) report("(file)", "must be an array");

  for (const [index, entry] of (entries.data ?? []).entries()) {
    const key = keySchema.safeParse(entry).data ?? `entry ${index}`;
    if (rows.keys.has(key)) report(key, "occurs twice");
    rows.keys.add(key);

    const parsed = schema.safeParse(entry);
    if (parsed.success) rows.valid.set(key, parsed.data);
    for (const issue of parsed.error?.issues ?? []) report(key, describeIssue(issue));
  }
  return rows;
}

function parseTexts(file: unknown, report: Report): ReadonlyMap<string, string> {
  const parsed = textByNameSchema.safeParse(file);
  for (const issue of parsed.error?.issues ?? []) {
    report(issue.path.length === 0 ? "(file)" : issue.path.join("."), issue.message);
  }
  return new Map(Object.entries(parsed.data ?? {}));
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return issue.path.length === 0 ? issue.message : `${issue.path.join(".")}: ${issue.message}`;
}

function checkModels(models: Rows<ModelFact>, report: Report): void {
  for (const model of models.valid.values()) {
    if ((model.status === "alias") !== (model.aliasOf !== undefined)) {
      report(model.id, 'status "alias" and aliasOf go together');
    }
    checkTarget("aliasOf", model, models, report);
    checkTarget("variantOf", model, models, report);
    if (model.variantOf !== undefined && !model.id.startsWith(`${model.variantOf}:`)) {
      report(model.id, `is no variant of "${model.variantOf}" by its name`);
    }
    if (model.status !== "router") checkCharged(model.id, model.prices, report);
    checkTiers(model.id, model.prices, report);
  }
}

/** The target must exist and stand for itself: what resolves a name takes one step, so chains and cycles are defects. */
function checkTarget(field: "aliasOf" | "variantOf", model: ModelFact, models: Rows<ModelFact>, report: Report): void {
  const target = model[field];
  if (target === undefined) return;
  if (!models.keys.has(target)) report(model.id, `${field}: there is no model "${target}"`);
  else if (models.valid.get(target)?.[field] !== undefined) {
    report(model.id, `${field}: "${target}" itself has ${field}`);
  }
}

function checkEndpoints(
  endpoints: Rows<EndpointFact>,
  models: Rows<ModelFact>,
  providers: Rows<ProviderFact>,
  report: Report,
): void {
  for (const [key, endpoint] of endpoints.valid) {
    if (!models.keys.has(endpoint.model)) report(key, `there is no model "${endpoint.model}"`);
    if (!providers.keys.has(endpoint.provider)) report(key, `there is no provider "${endpoint.provider}"`);
    if (endpoint.tag !== endpoint.provider && !endpoint.tag.startsWith(`${endpoint.provider}/`)) {
      report(key, `tag must be "${endpoint.provider}" or begin with "${endpoint.provider}/"`);
    }
    checkCharged(key, endpoint.prices, report);
    checkTiers(key, endpoint.prices, report);
  }
}

function checkExacto(models: Rows<ModelFact>, endpoints: Rows<EndpointFact>, report: Report): void {
  for (const { id, exactoEndpoints = [] } of models.valid.values()) {
    for (const tag of exactoEndpoints) {
      if (!endpoints.keys.has(`${id} at ${tag}`)) report(id, `exactoEndpoints: there is no endpoint "${tag}"`);
    }
  }
}

function checkDescriptions(descriptions: ReadonlyMap<string, string>, models: Rows<ModelFact>, report: Report): void {
  for (const id of descriptions.keys()) {
    if (!models.keys.has(id)) report(id, "there is no such model");
  }
}

function checkAliases(aliases: ReadonlyMap<string, string>, models: Rows<ModelFact>, report: Report): void {
  for (const [alias, target] of aliases) {
    if (models.keys.has(alias)) report(alias, "is the id of a model");
    if (aliases.has(target) || models.valid.get(target)?.aliasOf !== undefined) {
      report(alias, `"${target}" is itself an alias`);
    } else if (!models.keys.has(target)) report(alias, `there is no model "${target}"`);
  }
}

/** "-1" says that the price is that of another model. Only a router has such prices; charged, they would be a credit. */
function checkCharged(key: string, prices: PriceList, report: Report): void {
  const { tiers = [], ...base } = prices;
  for (const list of [base, ...tiers]) {
    for (const [name, price] of Object.entries(list)) {
      if (price === "-1") report(key, `prices.${name}: "-1" is for routers only`);
    }
  }
}

function checkTiers(key: string, prices: PriceList, report: Report): void {
  const thresholds = (prices.tiers ?? []).map((tier) => tier.minPromptTokens);
  const rising = thresholds.every((threshold, index) => index === 0 || threshold > (thresholds[index - 1] ?? 0));
  if (!rising) report(key, "prices.tiers: must have rising minPromptTokens");
}
