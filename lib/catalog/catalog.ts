import "server-only";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { log } from "@/lib/log";
import { processState } from "@/lib/process-state";
import { buildCatalog, type Catalog } from "./build-catalog";
import { type CatalogExtras, extendCatalog, NO_EXTRAS } from "./extend-catalog";
import { parseCatalogFiles } from "./parse-catalog-files";
import { findImportChecksum, readStoredCatalog, replaceImportedFacts } from "./store";

type CatalogState = {
  /** As it was loaded. */
  base: Catalog | undefined;
  extras: CatalogExtras;
  /** With the extras. */
  current: Catalog | undefined;
};

const state = () =>
  processState<CatalogState>("catalog", () => ({ base: undefined, extras: NO_EXTRAS, current: undefined }));

const FILES = [
  "providers",
  "models",
  "endpoints",
  "descriptions",
  "aliases",
  "router-pools",
  "rankings",
  "auto-router",
] as const;

/** The catalog of this process. @throws Error before {@link loadCatalog}. */
export function getCatalog(): Catalog {
  const { current } = state();
  if (current === undefined) throw new Error("the catalog is not loaded yet");
  return current;
}

/** Imports the shipped facts when they are not the ones imported last. Operator overrides are untouched. */
export async function importCatalog(directory: string): Promise<void> {
  const texts = await readFiles(directory);
  const hash = createHash("sha256");
  for (const text of texts.values()) hash.update(text);
  const checksum = hash.digest("hex");
  if ((await findImportChecksum()) === checksum) return;
  const file = (name: (typeof FILES)[number]): unknown => JSON.parse(texts.get(name) ?? "null");
  const facts = parseCatalogFiles({
    providers: file("providers"),
    models: file("models"),
    endpoints: file("endpoints"),
    descriptions: file("descriptions"),
    aliases: file("aliases"),
  });
  await replaceImportedFacts(checksum, facts);
  log().info(
    { providers: facts.providers.length, models: facts.models.length, endpoints: facts.endpoints.length },
    "catalog imported",
  );
}

/** Reads the catalog from the database into memory; on a change of the data it is called again. */
export async function loadCatalog(directory: string): Promise<Catalog> {
  const [stored, texts] = await Promise.all([readStoredCatalog(), readFiles(directory)]);
  const { catalog, problems } = buildCatalog({
    ...stored,
    aliases: JSON.parse(texts.get("aliases") ?? "{}"),
    routerPools: JSON.parse(texts.get("router-pools") ?? "{}"),
    rankings: JSON.parse(texts.get("rankings") ?? "{}"),
    autoRouterPool: JSON.parse(texts.get("auto-router") ?? "null"),
  });
  for (const problem of problems) log().warn(problem);
  const held = state();
  held.base = catalog;
  held.current = extendCatalog(catalog, held.extras);
  return held.current;
}

/** Adds what this process found out beside the stored facts, in place of what it had found before. */
export function setCatalogExtras(extras: CatalogExtras): void {
  const held = state();
  held.extras = extras;
  if (held.base !== undefined) held.current = extendCatalog(held.base, extras);
}

async function readFiles(directory: string): Promise<ReadonlyMap<string, string>> {
  const pairs = await Promise.all(
    FILES.map(async (name) => [name, await readFile(path.join(directory, `${name}.json`), "utf8")] as const),
  );
  return new Map(pairs);
}
