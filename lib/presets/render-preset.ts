import type { PublicPreset, PublicPresetVersion, PublicPresetWithVersion } from "@/lib/schemas/preset";
import { formatTimestamp } from "@/lib/schemas/timestamp";
import type { SavedPreset, StoredPreset, StoredPresetVersion } from "./store";

/** A preset as the public API lists it. */
export function renderPreset(preset: StoredPreset): PublicPreset {
  return {
    id: preset.id,
    slug: preset.slug,
    name: preset.name,
    description: preset.description,
    status: preset.status,
    status_updated_at: preset.statusUpdatedAt === null ? null : formatTimestamp(preset.statusUpdatedAt),
    designated_version_id: preset.latestVersionId,
    creator_user_id: preset.creatorUserId,
    workspace_id: preset.accountId,
    created_at: formatTimestamp(preset.createdAt),
    updated_at: formatTimestamp(preset.updatedAt),
  };
}

/** One version as the public API shows it. */
export function renderVersion(version: StoredPresetVersion, { accountId }: StoredPreset): PublicPresetVersion {
  return {
    id: version.id,
    preset_id: version.presetId,
    version: version.version,
    // The public API has somebody here always; keys that the server made itself belong to an account and to nobody.
    creator_id: version.creatorUserId ?? accountId,
    system_prompt: version.systemPrompt,
    config: version.config,
    created_at: formatTimestamp(version.createdAt),
    updated_at: formatTimestamp(version.createdAt),
  };
}

/** A preset with the version that requests use. */
export function renderSavedPreset({ preset, version }: SavedPreset): PublicPresetWithVersion {
  return { ...renderPreset(preset), designated_version: renderVersion(version, preset) };
}
