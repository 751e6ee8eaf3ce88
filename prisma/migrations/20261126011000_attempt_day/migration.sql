-- What controls said, by host and day: menus and newest times read this instead of every attempt. The worker counts a day anew when it is marked.
-- CreateTable
CREATE TABLE "attempt_day" (
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "control" SMALLINT NOT NULL,
    "outcome" SMALLINT NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "attempt_day_pkey" PRIMARY KEY ("host_id","day","control","outcome","entry_id")
);

-- CreateTable
CREATE TABLE "attempt_work" (
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "attempt_work_pkey" PRIMARY KEY ("host_id","day")
);

-- CreateIndex
CREATE INDEX "attempt_day_day_idx" ON "attempt_day"("day");

-- CreateIndex
CREATE INDEX "coverage_day_idx" ON "coverage"("day");

-- CreateIndex
CREATE INDEX "telemetry_day_idx" ON "telemetry"("day");

INSERT INTO "attempt_work" ("host_id", "day") SELECT DISTINCT "host_id", ("occurred_at" AT TIME ZONE 'UTC')::date FROM "attempt";

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON "attempt_day", "attempt_work" TO cordon_app;
