-- CreateTable
CREATE TABLE "Preset" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "statusUpdatedAt" TIMESTAMPTZ(3),
    "creatorUserId" TEXT,
    "latestVersion" INTEGER NOT NULL DEFAULT 1,
    "latestVersionId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Preset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PresetVersion" (
    "id" UUID NOT NULL,
    "presetId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "creatorUserId" TEXT,
    "systemPrompt" TEXT,
    "config" JSON NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PresetVersion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Preset_accountId_updatedAt_id_idx" ON "Preset"("accountId", "updatedAt" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "Preset_accountId_slug_key" ON "Preset"("accountId", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "PresetVersion_presetId_version_key" ON "PresetVersion"("presetId", "version");

-- AddForeignKey
ALTER TABLE "Preset" ADD CONSTRAINT "Preset_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PresetVersion" ADD CONSTRAINT "PresetVersion_presetId_fkey" FOREIGN KEY ("presetId") REFERENCES "Preset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma cannot say what follows.

-- A new version changes its preset's row too. When a slug changes, both the old and the new one mean something else.
CREATE FUNCTION signalbox_notify_preset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM pg_notify('signalbox', 'preset:' || OLD."accountId" || ':' || OLD."slug");
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM pg_notify('signalbox', 'preset:' || NEW."accountId" || ':' || NEW."slug");
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "Preset_notify" AFTER INSERT OR UPDATE OR DELETE
  ON "Preset" FOR EACH ROW EXECUTE FUNCTION signalbox_notify_preset();
