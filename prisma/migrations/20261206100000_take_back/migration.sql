-- Which import brought what, so that it can be taken back (decision 67). Null, and 0 of telemetry: a release before did not note it; shippers' telemetry has 0 as well.
ALTER TABLE "process" ADD COLUMN "import_file_id" INTEGER;
CREATE INDEX "process_import_file_id_idx" ON "process" USING BRIN ("import_file_id");
CREATE INDEX "process_event_import_file_id_idx" ON "process_event" USING BRIN ("import_file_id");
CREATE INDEX "attempt_import_file_id_idx" ON "attempt" USING BRIN ("import_file_id");

ALTER TABLE "telemetry" ADD COLUMN "import_file_id" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "telemetry" DROP CONSTRAINT "telemetry_pkey";
ALTER TABLE "telemetry" ADD CONSTRAINT "telemetry_pkey" PRIMARY KEY ("host_id", "day", "alias_id", "sensor", "kind", "subject", "import_file_id");

ALTER TABLE "import_file" ADD COLUMN "whole" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "import_file" ALTER COLUMN "whole" SET DEFAULT true;

-- CreateTable
CREATE TABLE "import_overlap" (
    "file_id" INTEGER NOT NULL,
    "of_file_id" INTEGER NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "fact" SMALLINT NOT NULL,
    "records" INTEGER NOT NULL,
    "ids" BIGINT NOT NULL,

    CONSTRAINT "import_overlap_pkey" PRIMARY KEY ("of_file_id", "alias_id", "day", "fact", "file_id")
);

-- CreateIndex
CREATE INDEX "import_overlap_file_id_idx" ON "import_overlap"("file_id");

-- CreateTable
CREATE TABLE "take_back_day" (
    "upload_id" UUID NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "done" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "take_back_day_pkey" PRIMARY KEY ("upload_id", "alias_id", "day")
);
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON "import_overlap", "take_back_day" TO cordon_app;

CREATE OR REPLACE VIEW "creation" AS
  SELECT e.host_id, e.occurred_at, e.id, e.sensor, e.alias_id, e.pid, e.process_guid, e.parent_pid, e.parent_guid, e.image_id, e.launch_id, e.principal_id,
    (SELECT l.parent_image FROM "launch" l WHERE l.id = e.launch_id) AS parent_image,
    (SELECT t.text FROM "command_text" t WHERE t.month = date_trunc('month', e.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AND t.id = e.command_text_id) AS command_line,
    true AS is_execution, e.import_file_id FROM "execution" e
  UNION ALL
  SELECT p.host_id, p.occurred_at, p.id, p.sensor, p.alias_id, p.pid, p.process_guid, p.parent_pid, p.parent_guid, p.image_id, p.launch_id, p.principal_id,
    (SELECT l.parent_image FROM "launch" l WHERE l.id = p.launch_id), p.command_line, false, p.import_file_id FROM "process" p;
