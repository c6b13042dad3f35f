-- CreateIndex
CREATE INDEX "Generation_createdAt_idx" ON "Generation" USING BRIN ("createdAt");
