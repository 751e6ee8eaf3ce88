-- What processes of proxy binaries do after their start, what controls report, and which kinds of events arrive.

-- CreateTable
CREATE TABLE "process_event" (
    "host_id" INTEGER NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "id" BIGINT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "sensor" SMALLINT NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "pid" BIGINT,
    "process_guid" TEXT,
    "file_name" TEXT,
    "by_name" BOOLEAN NOT NULL,
    "module_id" BIGINT,
    "destination_id" BIGINT,
    "blocked" BOOLEAN,
    "answers" TEXT[],
    "import_file_id" INTEGER NOT NULL,

    CONSTRAINT "process_event_pkey" PRIMARY KEY ("host_id","occurred_at","id")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "attempt" (
    "host_id" INTEGER NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "id" BIGINT NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "control" SMALLINT NOT NULL,
    "outcome" SMALLINT NOT NULL,
    "entry_id" INTEGER,
    "rule_id" TEXT,
    "rule_name" TEXT,
    "policy_id" TEXT,
    "policy_name" TEXT,
    "file_path" TEXT NOT NULL,
    "original_file_name" TEXT,
    "signer" TEXT,
    "file_hash" TEXT,
    "command_line" TEXT,
    "destination" TEXT,
    "pid" BIGINT,
    "parent_image" TEXT,
    "parent_command_line" TEXT,
    "principal_id" BIGINT,
    "import_file_id" INTEGER NOT NULL,
    "record_id" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("host_id","occurred_at","id")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "policy_state" (
    "host_id" INTEGER NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "id" BIGINT NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "control" SMALLINT NOT NULL,
    "state" SMALLINT NOT NULL,
    "policy_id" TEXT,
    "policy_name" TEXT,
    "detail" TEXT,
    "import_file_id" INTEGER NOT NULL,

    CONSTRAINT "policy_state_pkey" PRIMARY KEY ("host_id","occurred_at","id")
);

-- CreateTable
CREATE TABLE "telemetry" (
    "alias_id" INTEGER NOT NULL,
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "sensor" SMALLINT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "subject" TEXT NOT NULL,
    "hours" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,
    "least_shift" INTEGER,
    "greatest_shift" INTEGER,

    CONSTRAINT "telemetry_pkey" PRIMARY KEY ("alias_id","day","sensor","kind","subject")
);

-- CreateTable
CREATE TABLE "module" (
    "id" BIGINT NOT NULL,
    "path" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "original_file_name" TEXT,
    "signed" BOOLEAN,
    "signer" TEXT,
    "signature_status" TEXT,
    "md5" TEXT,
    "sha1" TEXT,
    "sha256" TEXT,
    "imphash" TEXT,

    CONSTRAINT "module_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "destination" (
    "id" BIGINT NOT NULL,
    "protocol" TEXT,
    "ip" TEXT,
    "name" TEXT,
    "port" INTEGER,
    "initiated" BOOLEAN,

    CONSTRAINT "destination_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "module_use" (
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "module_id" BIGINT NOT NULL,
    "executions" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "module_use_pkey" PRIMARY KEY ("host_id","day","entry_id","module_id")
);

-- CreateTable
CREATE TABLE "network_use" (
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "destination_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "executions" INTEGER NOT NULL,
    "events" INTEGER NOT NULL,
    "blocked" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "network_use_pkey" PRIMARY KEY ("host_id","day","entry_id","destination_id","name")
);

-- CreateTable
CREATE TABLE "child_use" (
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "image_id" BIGINT NOT NULL,
    "executions" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "child_use_pkey" PRIMARY KEY ("host_id","day","entry_id","image_id")
);

-- CreateIndex
CREATE INDEX "process_event_host_id_pid_occurred_at_idx" ON "process_event"("host_id", "pid", "occurred_at");

-- CreateIndex
CREATE INDEX "attempt_occurred_at_host_id_id_idx" ON "attempt"("occurred_at" DESC, "host_id", "id");

-- CreateIndex
CREATE INDEX "attempt_entry_id_occurred_at_idx" ON "attempt"("entry_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "telemetry_host_id_day_idx" ON "telemetry"("host_id", "day");

-- CreateIndex
CREATE INDEX "module_use_entry_id_day_idx" ON "module_use"("entry_id", "day");

-- CreateIndex
CREATE INDEX "network_use_entry_id_day_idx" ON "network_use"("entry_id", "day");

-- CreateIndex
CREATE INDEX "child_use_entry_id_day_idx" ON "child_use"("entry_id", "day");

ALTER TABLE "coverage" ADD COLUMN "hours" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "import_file" ADD COLUMN "events_kept" JSONB NOT NULL DEFAULT '{}', ADD COLUMN "events_duplicate" JSONB NOT NULL DEFAULT '{}';

-- The same function for two more fact tables.
CREATE OR REPLACE FUNCTION make_partition(fact text, month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  starts date := date_trunc('month', month)::date;
  child text := fact || '_' || to_char(starts, 'YYYY_MM');
BEGIN
  IF fact NOT IN ('execution', 'process', 'process_event', 'attempt') THEN RAISE EXCEPTION 'not a partitioned table: %', fact; END IF;
  IF to_regclass(format('part.%I', child)) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('make_partition'));
  EXECUTE format('CREATE TABLE IF NOT EXISTS part.%I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
    child, fact, starts::timestamp AT TIME ZONE 'UTC', (starts + interval '1 month') AT TIME ZONE 'UTC');
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON process_event, attempt, policy_state, telemetry, module, destination, module_use, network_use, child_use TO cordon_app;
