import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";

// The engine panics on an empty list; the dialect is all that applying migrations needs.
const DATASOURCE = 'datasource db { provider = "postgresql" }';

/**
 * Starts Prisma's schema engine from its WebAssembly build, for machines that cannot download the native one.
 *
 * The package promises no stable interface, so it is pinned to the exact engine version; this function and its
 * callers in lib/db are the only users. Loading costs about 40 ms: import this module only when there is work.
 */
export async function startSchemaEngine(
  factory: SqlMigrationAwareDriverAdapterFactory,
  datamodels: [path: string, content: string][] = [["schema.prisma", DATASOURCE]],
): Promise<bindings.SchemaEngine> {
  instantiated ??= instantiate();
  await instantiated;
  return bindings.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
}

// The bindings keep one instance in a module variable: a second one would break calls into the first.
let instantiated: Promise<void> | undefined;

async function instantiate(): Promise<void> {
  // A panic ends the process as an uncaught "unreachable"; this is the only place that learns why.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => process.stderr.write(`${message}\n`) },
  });
  const entry = createRequire(join(process.cwd(), "package.json")).resolve("@prisma/schema-engine-wasm");
  const module = await WebAssembly.compile(readFileSync(join(dirname(entry), "schema_engine_bg.wasm")));
  const { exports } = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": withoutLingeringTimers() });
  bindings.__wbg_set_wasm(exports);
  const { __wbindgen_start: start } = exports;
  if (typeof start === "function") start();
}

/**
 * The engine's imports, with timers that keep no process alive: the one that limits the wait for the advisory lock to
 * 10 s is never cleared, and a command that is done would hang for that long.
 */
function withoutLingeringTimers(): WebAssembly.ModuleImports {
  const imports: WebAssembly.ModuleImports = { ...bindings };
  for (const [name, original] of Object.entries(imports)) {
    // The rest of the name is a hash that changes with each build.
    if (!name.startsWith("__wbg_setTimeout_") || typeof original !== "function") continue;
    imports[name] = (...parameters: unknown[]): unknown => {
      const timer: unknown = original(...parameters);
      if (timer !== null && typeof timer === "object" && "unref" in timer && typeof timer.unref === "function") {
        timer.unref();
      }
      return timer;
    };
  }
  return imports;
}

/** Every table and enum belongs to us. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };
