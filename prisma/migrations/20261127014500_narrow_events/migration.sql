-- What processes do lies as narrow as they do (decision 32): without gaps, no answers where nothing was asked, and found by its process alone.
ALTER TABLE "process_event" RENAME TO "old_process_event";
ALTER TABLE "old_process_event" DROP CONSTRAINT "process_event_pkey";

-- CreateTable
CREATE TABLE "process_event" (
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "id" BIGINT NOT NULL,
    "pid" BIGINT,
    "module_id" BIGINT,
    "destination_id" BIGINT,
    "host_id" INTEGER NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "import_file_id" INTEGER NOT NULL,
    "kind" SMALLINT NOT NULL,
    "sensor" SMALLINT NOT NULL,
    "by_name" BOOLEAN NOT NULL,
    "blocked" BOOLEAN,
    "process_guid" BYTEA,
    "file_name" TEXT,
    "answers" TEXT[]
) PARTITION BY RANGE ("occurred_at");
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON "process_event" TO cordon_app;

DO $$
DECLARE
  child record;
BEGIN
  FOR child IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'old_process_event'::regclass ORDER BY 1
  LOOP
    EXECUTE format('ALTER TABLE part.%I RENAME TO %I', child.relname, 'old_' || child.relname);
    PERFORM make_partition('process_event', to_date(right(child.relname, 7), 'YYYY_MM'));
    EXECUTE format($copy$INSERT INTO part.%I
        SELECT occurred_at, id, pid, module_id, destination_id, host_id, alias_id, import_file_id, kind, sensor, by_name, blocked, process_guid, file_name,
          nullif(answers, '{}') FROM part.%I$copy$, child.relname, 'old_' || child.relname);
    EXECUTE format('DROP TABLE part.%I', 'old_' || child.relname);
  END LOOP;
END $$;
DROP TABLE "old_process_event";

ALTER TABLE "process_event" ADD CONSTRAINT "process_event_pkey" PRIMARY KEY ("host_id", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "process_event_host_id_pid_idx" ON "process_event"("host_id", "pid");
