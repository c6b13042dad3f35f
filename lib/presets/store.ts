import "server-only";
import { getPool, getPrisma } from "@/lib/db/connection";
import type { Prisma } from "@/lib/db/generated/client";
import { newUuid } from "@/lib/id";
import {
  type PresetConfig,
  type PresetContent,
  type PresetStatus,
  presetConfigSchema,
  presetStatusSchema,
  type UsablePreset,
} from "@/lib/schemas/preset";

/** A preset as it is stored. */
export type StoredPreset = {
  id: string;
  accountId: string;
  slug: string;
  name: string;
  description: string | null;
  status: PresetStatus;
  statusUpdatedAt: Date | null;
  creatorUserId: string | null;
  latestVersionId: string;
  createdAt: Date;
  updatedAt: Date;
};

/** One version of a preset as it is stored. It never changes. */
export type StoredPresetVersion = PresetContent & {
  id: string;
  presetId: string;
  version: number;
  creatorUserId: string | null;
  createdAt: Date;
};

/** A preset with the version that requests use. */
export type SavedPreset = { preset: StoredPreset; version: StoredPresetVersion };

export type PresetPatch = Partial<Pick<StoredPreset, "slug" | "name" | "description" | "status">>;

export type NewPreset = Pick<StoredPreset, "accountId" | "slug" | "name" | "description" | "creatorUserId">;

/** A preset's latest version, for requests. `null`: the account has no such preset. */
export async function findUsablePreset(
  accountId: string,
  slug: string,
): Promise<(UsablePreset & { status: PresetStatus }) | null> {
  const { rows } = await getPool().query<Record<string, unknown> & { id: string; version: number }>({
    name: "find-usable-preset",
    text: `SELECT p."id", p."status", v."version", v."systemPrompt", v."config"
           FROM "Preset" p JOIN "PresetVersion" v ON v."id" = p."latestVersionId"
           WHERE p."accountId" = $1 AND p."slug" = $2`,
    values: [accountId, slug],
  });
  const [row] = rows;
  if (row === undefined) return null;
  return { id: row.id, slug, version: row.version, status: presetStatusSchema.parse(row.status), ...contentOf(row) };
}

/** Most recently changed first. @returns a page, and how many there are in all. */
export async function selectPresets(
  accountId: string,
  page: { offset: number; limit: number },
): Promise<{ presets: StoredPreset[]; totalCount: number }> {
  const [rows, totalCount] = await getPrisma().$transaction([
    getPrisma().preset.findMany({
      where: { accountId },
      orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
      skip: page.offset,
      take: page.limit,
    }),
    getPrisma().preset.count({ where: { accountId } }),
  ]);
  return { presets: rows.map(storedPreset), totalCount };
}

/** `null`: the account has no such preset. */
export async function selectPreset(accountId: string, slug: string): Promise<SavedPreset | null> {
  // In one transaction that sees one state: a new version in between would be missing or unknown.
  return getPrisma().$transaction(
    async (tx) => {
      const row = await tx.preset.findUnique({ where: { accountId_slug: { accountId, slug } } });
      if (row === null) return null;
      const version = await tx.presetVersion.findUniqueOrThrow({ where: { id: row.latestVersionId } });
      return { preset: storedPreset(row), version: storedVersion(version) };
    },
    { isolationLevel: "RepeatableRead" },
  );
}

/** Oldest first. @returns a page, and how many there are in all. */
export async function selectVersions(
  presetId: string,
  page: { offset: number; limit: number },
): Promise<{ versions: StoredPresetVersion[]; totalCount: number }> {
  const [rows, totalCount] = await getPrisma().$transaction([
    getPrisma().presetVersion.findMany({
      where: { presetId },
      orderBy: { version: "asc" },
      skip: page.offset,
      take: page.limit,
    }),
    getPrisma().presetVersion.count({ where: { presetId } }),
  ]);
  return { versions: rows.map(storedVersion), totalCount };
}

/** `null`: the preset has no such version. */
export async function selectVersion(presetId: string, version: number): Promise<StoredPresetVersion | null> {
  const row = await getPrisma().presetVersion.findUnique({ where: { presetId_version: { presetId, version } } });
  return row === null ? null : storedVersion(row);
}

/** Makes a preset with its first version. `null`: the account has one of that slug already. */
export function insertPreset(preset: NewPreset, content: PresetContent): Promise<SavedPreset | null> {
  const latestVersionId = newUuid();
  return getPrisma().$transaction(async (tx) => {
    const [row] = await tx.preset.createManyAndReturn({
      data: [{ ...preset, id: newUuid(), latestVersionId }],
      skipDuplicates: true,
    });
    return row === undefined ? null : withVersion(tx, row, content, preset.creatorUserId);
  });
}

/**
 * Puts a new version on a preset, which requests then use. Two at the same time get a number each.
 *
 * @returns `null`: the account has no such preset, or has put it away (`archived`).
 */
export function appendVersion(
  { accountId, slug, creatorUserId }: Pick<StoredPreset, "accountId" | "slug" | "creatorUserId">,
  content: PresetContent,
  now: Date,
): Promise<SavedPreset | null> {
  return getPrisma().$transaction(async (tx) => {
    const [row] = await tx.preset.updateManyAndReturn({
      where: { accountId, slug, status: { not: "archived" } },
      data: { latestVersion: { increment: 1 }, latestVersionId: newUuid(), updatedAt: now },
    });
    return row === undefined ? null : withVersion(tx, row, content, creatorUserId);
  });
}

/** Changes what `patch` names. @returns what became of it: `taken` when another preset has the new slug. */
export async function patchPreset(
  accountId: string,
  slug: string,
  patch: PresetPatch,
  now: Date,
): Promise<"changed" | "taken" | "missing"> {
  try {
    const { count } = await getPrisma().preset.updateMany({
      where: { accountId, slug },
      data: { ...patch, ...(patch.status === undefined ? {} : { statusUpdatedAt: now }), updatedAt: now },
    });
    return count > 0 ? "changed" : "missing";
  } catch (error) {
    if (isUniqueViolation(error)) return "taken";
    throw error;
  }
}

/** Deletes a preset and its versions for good. @returns whether the account had such a preset. */
export async function removePreset(accountId: string, slug: string): Promise<boolean> {
  const { count } = await getPrisma().preset.deleteMany({ where: { accountId, slug } });
  return count > 0;
}

async function withVersion(
  tx: Prisma.TransactionClient,
  row: Prisma.PresetModel,
  { systemPrompt, config }: PresetContent,
  creatorUserId: string | null,
): Promise<SavedPreset> {
  const version = await tx.presetVersion.create({
    data: {
      id: row.latestVersionId,
      presetId: row.id,
      version: row.latestVersion,
      creatorUserId,
      // PostgreSQL takes no NUL in a text.
      systemPrompt: systemPrompt?.replaceAll("\0", "") ?? null,
      config: JSON.parse(JSON.stringify(config)),
    },
  });
  return { preset: storedPreset(row), version: storedVersion(version) };
}

function storedPreset(row: Prisma.PresetModel): StoredPreset {
  return { ...row, status: presetStatusSchema.parse(row.status) };
}

function storedVersion(row: Prisma.PresetVersionModel): StoredPresetVersion {
  const { id, presetId, version, creatorUserId, createdAt } = row;
  return { id, presetId, version, creatorUserId, createdAt, ...contentOf(row) };
}

function contentOf({ systemPrompt, config }: Record<string, unknown>): PresetContent {
  const parsed: PresetConfig = presetConfigSchema.parse(config);
  return { systemPrompt: typeof systemPrompt === "string" ? systemPrompt : null, config: parsed };
}

/** Source: prisma.io/docs/orm/reference/error-reference, P2002, read 2026-11-21. */
function isUniqueViolation(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "P2002";
}
