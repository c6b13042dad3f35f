-- CreateTable
CREATE TABLE "AccountSettings" (
    "accountId" UUID NOT NULL,
    "allowTrainingPaid" BOOLEAN NOT NULL DEFAULT true,
    "allowTrainingFree" BOOLEAN NOT NULL DEFAULT true,
    "zeroDataRetention" BOOLEAN NOT NULL DEFAULT false,
    "logContent" BOOLEAN NOT NULL DEFAULT false,
    "defaultModel" TEXT,
    "defaultSort" TEXT,
    "allowedProviders" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "ignoredProviders" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "lockAllowedProviders" BOOLEAN NOT NULL DEFAULT false,
    "plugins" JSON NOT NULL DEFAULT '[]',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AccountSettings_pkey" PRIMARY KEY ("accountId")
);

-- AddForeignKey
ALTER TABLE "AccountSettings" ADD CONSTRAINT "AccountSettings_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma cannot say what follows.

CREATE FUNCTION signalbox_notify_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('signalbox', 'account:' || COALESCE(NEW."accountId", OLD."accountId"));
  RETURN NULL;
END $$;

CREATE TRIGGER "AccountSettings_notify" AFTER INSERT OR UPDATE OR DELETE
  ON "AccountSettings" FOR EACH ROW EXECUTE FUNCTION signalbox_notify_account();
