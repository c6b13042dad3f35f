-- CreateTable
CREATE TABLE "EndpointMeasurement" (
    "endpointId" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "instanceId" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "latency" JSONB NOT NULL,
    "throughput" JSONB NOT NULL,

    CONSTRAINT "EndpointMeasurement_pkey" PRIMARY KEY ("endpointId","startedAt","instanceId")
);

-- CreateIndex
CREATE INDEX "EndpointMeasurement_startedAt_idx" ON "EndpointMeasurement"("startedAt");
