import "server-only";
import { AppError } from "@/lib/errors";
import { checkContent } from "@/lib/presets/check-content";
import { renderPreset, renderSavedPreset } from "@/lib/presets/render-preset";
import {
  insertPreset,
  patchPreset,
  removePreset,
  type SavedPreset,
  selectPreset,
  selectPresets,
} from "@/lib/presets/store";
import { withoutNulls } from "@/lib/presets/without-nulls";
import type { Caller } from "@/lib/schemas/caller";
import {
  createPresetRequestSchema,
  listPresetsQuerySchema,
  type PresetConfig,
  type PresetContent,
  presetSlugSchema,
  updatePresetRequestSchema,
} from "@/lib/schemas/preset";
import { checkAcrossFields } from "../check-across-fields";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { parseJsonObject } from "../parse-chat-request";
import { parseInput } from "../parse-input";

type Parameters = Readonly<Record<string, string>>;

// Presets are for every key of the account, as the public API has it: ordinary ones, and provisioning keys for those
// who keep their configuration as code.

/** `GET /presets`: the account's presets, most recently changed first. */
export async function listPresets(request: GatewayRequest, _: Parameters, caller: Caller): Promise<GatewayResponse> {
  const page = parseInput(listPresetsQuerySchema, Object.fromEntries(request.query));
  const { presets, totalCount } = await selectPresets(caller.accountId, page);
  return jsonResponse(200, { data: presets.map(renderPreset), total_count: totalCount });
}

/** `GET /presets/{slug}`: a preset with its latest version. */
export async function getPreset(_: GatewayRequest, parameters: Parameters, caller: Caller): Promise<GatewayResponse> {
  return jsonResponse(200, { data: renderSavedPreset(await requirePreset(parameters, caller)) });
}

/** `POST /presets`: makes a preset. Ours: the public API makes them from inference bodies only. */
export async function createPreset(request: GatewayRequest, _: Parameters, caller: Caller): Promise<GatewayResponse> {
  const body = parseInput(createPresetRequestSchema, parseJsonObject(request.body));
  const { slug, name = slug, description } = body;
  const { accountId, userId: creatorUserId } = caller;
  const content = givenContentOf(body);
  const preset = { accountId, slug, name, description: description ?? null, creatorUserId };
  const saved = await insertPreset(preset, content);
  if (saved === null) throw slugTaken(slug);
  return jsonResponse(201, { data: renderSavedPreset(saved) });
}

/** `PATCH /presets/{slug}`: changes what the body names, which is never what a version says. Ours. */
export async function updatePreset(
  request: GatewayRequest,
  parameters: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  const {
    slug: newSlug,
    name,
    description,
    status,
  } = parseInput(updatePresetRequestSchema, parseJsonObject(request.body));
  const patch = {
    ...(newSlug === undefined ? {} : { slug: newSlug }),
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(status === undefined ? {} : { status }),
  };
  const slug = slugOf(parameters);
  if (Object.keys(patch).length > 0) {
    const outcome = await patchPreset(caller.accountId, slug, patch, new Date(request.receivedMs));
    if (outcome === "missing") throw presetNotFound(slug);
    if (outcome === "taken") throw slugTaken(newSlug ?? slug);
  }
  return jsonResponse(200, { data: renderSavedPreset(await requirePreset({ slug: newSlug ?? slug }, caller)) });
}

/** `DELETE /presets/{slug}`: with all of its versions. Ours. */
export async function deletePreset(
  _: GatewayRequest,
  parameters: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  const slug = slugOf(parameters);
  if (!(await removePreset(caller.accountId, slug))) throw presetNotFound(slug);
  return jsonResponse(200, { deleted: true });
}

/** The preset of the path. @throws AppError `not_found`; another account's looks just the same. */
export async function requirePreset(parameters: Parameters, caller: Caller): Promise<SavedPreset> {
  const slug = slugOf(parameters);
  const saved = await selectPreset(caller.accountId, slug);
  if (saved === null) throw presetNotFound(slug);
  return saved;
}

/** What a body says in `system_prompt` and `config`. @throws AppError `invalid_request` for what no preset may say. */
export function givenContentOf(body: {
  system_prompt?: string | null | undefined;
  config?: PresetConfig | null | undefined;
}): PresetContent {
  const content = { systemPrompt: body.system_prompt ?? null, config: withoutNulls(body.config ?? {}) };
  checkContent(content, "config.");
  checkAcrossFields(content.config);
  return content;
}

/** @throws AppError `not_found` for what can be no slug: the database does not even take every text. */
function slugOf({ slug = "" }: Parameters): string {
  if (!presetSlugSchema.safeParse(slug).success) throw presetNotFound(slug);
  return slug;
}

function presetNotFound(slug: string): AppError {
  return new AppError("not_found", `Preset "${slug}" not found`);
}

function slugTaken(slug: string): AppError {
  return new AppError("conflict", `There is a preset "${slug}" already`, { metadata: { field: "slug" } });
}
