import "server-only";
import { AppError, invalidField } from "@/lib/errors";
import { renderSavedPreset, renderVersion } from "@/lib/presets/render-preset";
import { archivedPreset } from "@/lib/presets/save-preset";
import { appendVersion, selectVersion, selectVersions } from "@/lib/presets/store";
import type { Caller } from "@/lib/schemas/caller";
import { createPresetVersionRequestSchema, listPresetsQuerySchema, type PresetContent } from "@/lib/schemas/preset";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { parseJsonObject } from "../parse-chat-request";
import { parseInput } from "../parse-input";
import { givenContentOf, requirePreset } from "./presets";

type Parameters = Readonly<Record<string, string>>;

/** Versions are numbered from 1; PostgreSQL's integers end here. */
const MAX_VERSION = 2_147_483_647;

/** `GET /presets/{slug}/versions`: oldest first. */
export async function listPresetVersions(
  request: GatewayRequest,
  parameters: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  const page = parseInput(listPresetsQuerySchema, Object.fromEntries(request.query));
  const { preset } = await requirePreset(parameters, caller);
  const { versions, totalCount } = await selectVersions(preset.id, page);
  return jsonResponse(200, {
    data: versions.map((version) => renderVersion(version, preset)),
    total_count: totalCount,
  });
}

/** `GET /presets/{slug}/versions/{version}` */
export async function getPresetVersion(
  _: GatewayRequest,
  parameters: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  const { version = "" } = parameters;
  if (!/^\d+$/.test(version)) throw invalidField("version", "must be the number of a version");
  const { preset } = await requirePreset(parameters, caller);
  const found = Number(version) > MAX_VERSION ? null : await selectVersion(preset.id, Number(version));
  if (found === null) throw versionNotFound(preset.slug, version);
  return jsonResponse(200, { data: renderVersion(found, preset) });
}

/**
 * `POST /presets/{slug}/versions`: a new version, which requests then use, with the content of the body or that of an
 * earlier version. Ours.
 */
export async function createPresetVersion(
  request: GatewayRequest,
  parameters: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  const { from_version, ...given } = parseInput(createPresetVersionRequestSchema, parseJsonObject(request.body));
  const { preset } = await requirePreset(parameters, caller);
  const content = from_version === undefined ? givenContentOf(given) : await contentOf(preset, from_version);
  const target = { accountId: caller.accountId, slug: preset.slug, creatorUserId: caller.userId };
  const saved = await appendVersion(target, content, new Date(request.receivedMs));
  if (saved === null) throw archivedPreset(preset.slug);
  return jsonResponse(201, { data: renderSavedPreset(saved) });
}

async function contentOf({ id, slug }: { id: string; slug: string }, number: number): Promise<PresetContent> {
  const version = number > MAX_VERSION ? null : await selectVersion(id, number);
  if (version === null) throw versionNotFound(slug, String(number));
  return version;
}

function versionNotFound(slug: string, version: string): AppError {
  return new AppError("not_found", `Preset "${slug}" has no version ${version}`);
}
