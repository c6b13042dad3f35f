import "server-only";
import { AppError } from "@/lib/errors";
import { NotifiedCache } from "@/lib/notified-cache";
import { processState } from "@/lib/process-state";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { type PresetStatus, presetSlugSchema, type UsablePreset } from "@/lib/schemas/preset";
import { presetSlugsOf } from "./preset-slugs";
import { findUsablePreset } from "./store";

type KnownPreset = UsablePreset & { status: PresetStatus };

const MAX_ENTRIES = 1_000;
const NONE: ReadonlyMap<string, UsablePreset> = new Map();

const cache = () => processState("presets", () => new NotifiedCache<KnownPreset>(MAX_ENTRIES));

/** Forgets one preset, named `account:slug` as its notification does, or all. */
export function forgetCachedPreset(name?: string): void {
  if (name === undefined) cache().forgetWhere();
  else cache().forget(name);
}

/**
 * The presets that a request names, by slug, in their latest versions; from memory when they were used before.
 *
 * @throws AppError `not_found` for a preset that the account does not have, or has switched off.
 * @throws AppError `unavailable` when the database is needed and cannot be asked.
 */
export async function findPresets(
  request: ChatRequest,
  accountId: string,
  nowMs: number,
): Promise<ReadonlyMap<string, UsablePreset>> {
  const slugs = presetSlugsOf(request);
  if (slugs.length === 0) return NONE;
  const presets = await Promise.all(slugs.map((slug) => getPreset(accountId, slug, nowMs)));
  return new Map(presets.map((preset) => [preset.slug, preset]));
}

async function getPreset(accountId: string, slug: string, nowMs: number): Promise<UsablePreset> {
  // What can be no slug is not asked for: the database does not even take every text.
  const preset = presetSlugSchema.safeParse(slug).success
    ? await cache().find(`${accountId}:${slug}`, nowMs, () => findUsablePreset(accountId, slug))
    : null;
  if (preset === null) throw new AppError("not_found", `Preset "${slug}" not found`);
  if (preset.status !== "active") throw new AppError("not_found", `Preset "${slug}" is ${preset.status}`);
  return preset;
}
