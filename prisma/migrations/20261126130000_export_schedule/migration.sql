-- CSV files that are written to a folder or posted to a webhook again and again.
CREATE TABLE "export_schedule" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "export" TEXT NOT NULL,
    "filters" TEXT NOT NULL,
    "gzip" BOOLEAN NOT NULL,
    "every" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "weekday" INTEGER NOT NULL,
    "folder" TEXT,
    "url" TEXT,
    "salt" TEXT,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "active_from" TIMESTAMPTZ(6) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "export_schedule_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "export_schedule_target" CHECK (("folder" IS NULL) <> ("url" IS NULL) AND ("url" IS NULL) = ("salt" IS NULL))
);

CREATE TABLE "export_run" (
    "id" BIGSERIAL NOT NULL,
    "schedule_id" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "error" TEXT,
    "file" TEXT,
    "rows" BIGINT,
    "bytes" BIGINT,
    "sha256" TEXT,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "export_run_pkey" PRIMARY KEY ("id")
);

-- a time that is due is done once, however many workers see it
CREATE UNIQUE INDEX "export_run_schedule_id_due_at_key" ON "export_run"("schedule_id", "due_at");
CREATE INDEX "export_run_state_next_at_idx" ON "export_run"("state", "next_at");
ALTER TABLE "export_run" ADD CONSTRAINT "export_run_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "export_schedule"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "export_schedule", "export_run" TO cordon_app;
GRANT USAGE, SELECT ON "export_schedule_id_seq", "export_run_id_seq" TO cordon_app;
