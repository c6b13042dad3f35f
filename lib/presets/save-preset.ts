import "server-only";
import { AppError } from "@/lib/errors";
import type { PresetContent } from "@/lib/schemas/preset";
import { appendVersion, insertPreset, type SavedPreset } from "./store";

/**
 * Makes the content the latest version of a preset, and the preset when the account has none of that slug.
 *
 * @throws AppError `conflict` for a preset that was put away: it must not come back by accident.
 */
export async function savePreset(
  preset: { accountId: string; slug: string; creatorUserId: string | null },
  content: PresetContent,
  now: Date,
): Promise<SavedPreset> {
  const saved =
    (await appendVersion(preset, content, now)) ??
    (await insertPreset({ ...preset, name: preset.slug, description: null }, content)) ??
    // Somebody else may have made it since the first look.
    (await appendVersion(preset, content, now));
  if (saved === null) throw archivedPreset(preset.slug);
  return saved;
}

/** The refusal of a new version of a preset that was put away. */
export function archivedPreset(slug: string): AppError {
  return new AppError("conflict", `Preset "${slug}" is archived; set its status to "active" first`);
}
