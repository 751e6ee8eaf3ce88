-- Extensions and the application's role come first: the owner runs migrations and makes partitions;
-- the application may not touch what is append-only.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cordon_app') THEN CREATE ROLE cordon_app NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT cordon_app TO CURRENT_USER;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "preferences" JSONB NOT NULL DEFAULT '{}',
    "disabled_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_host_group" (
    "account_id" UUID NOT NULL,
    "group_id" INTEGER NOT NULL,

    CONSTRAINT "account_host_group_pkey" PRIMARY KEY ("account_id","group_id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_token" (
    "hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "setup_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalogue_entry" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "original_file_names" TEXT[],
    "paths" TEXT[],
    "description" TEXT NOT NULL,
    "legitimate_use" TEXT,
    "functions" TEXT[],
    "attack" TEXT[],
    "countermeasures" TEXT[],
    "named_in_mission" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "origin" TEXT NOT NULL DEFAULT 'built-in',
    "retired_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalogue_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalogue_revision" (
    "id" BIGSERIAL NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "valid_from" TIMESTAMPTZ(6) NOT NULL,
    "valid_to" TIMESTAMPTZ(6),
    "values" JSONB NOT NULL,
    "account_id" UUID,

    CONSTRAINT "catalogue_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage" (
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "signature_id" BIGINT NOT NULL,
    "principal_id" BIGINT NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "hours" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,
    "executions" INTEGER NOT NULL,
    "score_millibits" INTEGER NOT NULL,
    "risk_millibits" INTEGER NOT NULL,
    "novelty_millibits" INTEGER NOT NULL,
    "trusted" BOOLEAN NOT NULL,
    "refused" BOOLEAN NOT NULL,

    CONSTRAINT "usage_pkey" PRIMARY KEY ("host_id","day","signature_id","principal_id")
);

-- CreateTable
CREATE TABLE "host_value" (
    "host_id" INTEGER NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "feature" SMALLINT NOT NULL,
    "value_id" BIGINT NOT NULL,
    "first_day" DATE NOT NULL,
    "group_id" INTEGER NOT NULL,

    CONSTRAINT "host_value_pkey" PRIMARY KEY ("host_id","entry_id","feature","value_id")
);

-- CreateTable
CREATE TABLE "prevalence" (
    "scope_id" INTEGER NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "feature" SMALLINT NOT NULL,
    "value_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "hosts" INTEGER NOT NULL,

    CONSTRAINT "prevalence_pkey" PRIMARY KEY ("scope_id","entry_id","feature","value_id","day")
);

-- CreateTable
CREATE TABLE "pattern_day" (
    "entry_id" INTEGER NOT NULL,
    "value_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "host_id" INTEGER NOT NULL,

    CONSTRAINT "pattern_day_pkey" PRIMARY KEY ("host_id","entry_id","value_id","day")
);

-- CreateTable
CREATE TABLE "host_work" (
    "host_id" INTEGER NOT NULL,
    "dirty_from" DATE,
    "revision" BIGINT NOT NULL DEFAULT 0,
    "sensors" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "host_work_pkey" PRIMARY KEY ("host_id")
);

-- CreateTable
CREATE TABLE "coverage" (
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "sensor" SMALLINT NOT NULL,
    "creations" INTEGER NOT NULL,
    "with_command_line" INTEGER NOT NULL,
    "with_parent" INTEGER NOT NULL,
    "with_hash" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "coverage_pkey" PRIMARY KEY ("host_id","day","sensor")
);

-- CreateTable
CREATE TABLE "deviation_hit" (
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "deviation_id" BIGINT NOT NULL,
    "signature_id" BIGINT NOT NULL,
    "principal_id" BIGINT NOT NULL,
    "score_millibits" INTEGER NOT NULL,
    "risk_millibits" INTEGER NOT NULL,
    "novelty_millibits" INTEGER NOT NULL,
    "nu_millis" INTEGER NOT NULL,
    "p_millibits" INTEGER NOT NULL,
    "executions" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,
    "reasons" JSONB NOT NULL,

    CONSTRAINT "deviation_hit_pkey" PRIMARY KEY ("host_id","day","deviation_id","signature_id","principal_id")
);

-- CreateTable
CREATE TABLE "image" (
    "id" BIGINT NOT NULL,
    "path" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "original_file_name" TEXT,
    "md5" TEXT,
    "sha1" TEXT,
    "sha256" TEXT,
    "imphash" TEXT,
    "signer" TEXT,

    CONSTRAINT "image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "principal" (
    "id" BIGINT NOT NULL,
    "name" TEXT,
    "sid" TEXT,

    CONSTRAINT "principal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pattern" (
    "id" BIGINT NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "pattern" TEXT NOT NULL,
    "shape" TEXT NOT NULL,

    CONSTRAINT "pattern_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signature" (
    "id" BIGINT NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "pattern_id" BIGINT,
    "feature_ids" BIGINT[],
    "content" JSONB NOT NULL,
    "risk_millibits" INTEGER NOT NULL,

    CONSTRAINT "signature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feature_value" (
    "id" BIGINT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "feature_value_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "execution" (
    "host_id" INTEGER NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "id" BIGINT NOT NULL,
    "tick" SMALLINT NOT NULL DEFAULT 0,
    "anchor_at" TIMESTAMPTZ(6) NOT NULL,
    "anchor_id" BIGINT NOT NULL,
    "sensor" SMALLINT NOT NULL,
    "time_source" SMALLINT NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "hosted_entry_id" INTEGER,
    "pid" BIGINT,
    "process_guid" TEXT,
    "parent_pid" BIGINT,
    "parent_guid" TEXT,
    "image_id" BIGINT NOT NULL,
    "parent_image" TEXT,
    "grandparent_image" TEXT,
    "principal_id" BIGINT,
    "integrity_level" TEXT,
    "logon_id" TEXT,
    "command_line" TEXT,
    "parent_command_line" TEXT,
    "signature_id" BIGINT,
    "import_file_id" INTEGER NOT NULL,
    "record_id" TEXT,
    "raw_block_id" BIGINT,
    "raw_index" INTEGER,

    CONSTRAINT "execution_pkey" PRIMARY KEY ("host_id","occurred_at","id")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "process" (
    "host_id" INTEGER NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "id" BIGINT NOT NULL,
    "sensor" SMALLINT NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "pid" BIGINT,
    "process_guid" TEXT,
    "parent_pid" BIGINT,
    "parent_guid" TEXT,
    "image_id" BIGINT NOT NULL,
    "parent_image" TEXT,
    "principal_id" BIGINT,
    "command_line" TEXT,

    CONSTRAINT "process_pkey" PRIMARY KEY ("host_id","occurred_at","id")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "raw_block" (
    "host_id" INTEGER NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "day" DATE NOT NULL,
    "records" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "raw_block_pkey" PRIMARY KEY ("host_id","id")
);

-- CreateTable
CREATE TABLE "host" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "host_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "host_alias" (
    "id" SERIAL NOT NULL,
    "alias" TEXT NOT NULL,
    "host_id" INTEGER NOT NULL,
    "pinned" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "host_alias_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "host_group" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "host_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "host_group_member" (
    "host_id" INTEGER NOT NULL,
    "group_id" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "host_group_member_pkey" PRIMARY KEY ("host_id","valid_from")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "channel" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "size_bytes" BIGINT,
    "received_bytes" BIGINT NOT NULL DEFAULT 0,
    "read_bytes" BIGINT NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "error" TEXT,
    "host_override" TEXT,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload_chunk" (
    "upload_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "upload_chunk_pkey" PRIMARY KEY ("upload_id","position")
);

-- CreateTable
CREATE TABLE "import_file" (
    "id" SERIAL NOT NULL,
    "upload_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "format" TEXT,
    "state" TEXT NOT NULL DEFAULT 'running',
    "error" TEXT,
    "checkpoint" INTEGER NOT NULL DEFAULT 0,
    "records" INTEGER NOT NULL DEFAULT 0,
    "events_by_kind" JSONB NOT NULL DEFAULT '{}',
    "processes" INTEGER NOT NULL DEFAULT 0,
    "processes_duplicate" INTEGER NOT NULL DEFAULT 0,
    "executions" INTEGER NOT NULL DEFAULT 0,
    "executions_duplicate" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "first_at" TIMESTAMPTZ(6),
    "last_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rejection" (
    "import_file_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "record_id" TEXT,
    "reason" TEXT NOT NULL,

    CONSTRAINT "rejection_pkey" PRIMARY KEY ("import_file_id","position")
);

-- CreateTable
CREATE TABLE "deviation" (
    "id" BIGINT NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "assignee_id" UUID,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state_changed_at" TIMESTAMPTZ(6),
    "touched" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "deviation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ruling" (
    "id" BIGSERIAL NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "pattern" TEXT,
    "parent" TEXT,
    "identity" TEXT,
    "scope" JSONB NOT NULL,
    "effect" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "revoked_at" TIMESTAMPTZ(6),
    "deviation_id" BIGINT,
    "account_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ruling_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" SERIAL NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "scope" JSONB NOT NULL,
    "exceptions" JSONB NOT NULL DEFAULT '[]',
    "state" TEXT NOT NULL,
    "justification" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "proposed_by_id" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(6),
    "comment" TEXT,
    "review_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(6) NOT NULL,
    "valid_to" TIMESTAMPTZ(6),
    "value" JSONB NOT NULL,
    "account_id" UUID,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key","valid_from")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "catalogue_entry_slug_key" ON "catalogue_entry"("slug");

-- CreateIndex
CREATE INDEX "catalogue_revision_entry_id_valid_from_idx" ON "catalogue_revision"("entry_id", "valid_from");

-- CreateIndex
CREATE INDEX "usage_entry_id_day_idx" ON "usage"("entry_id", "day");

-- CreateIndex
CREATE INDEX "usage_signature_id_idx" ON "usage"("signature_id");

-- CreateIndex
CREATE INDEX "host_value_host_id_first_day_idx" ON "host_value"("host_id", "first_day");

-- CreateIndex
CREATE INDEX "pattern_day_entry_id_value_id_day_idx" ON "pattern_day"("entry_id", "value_id", "day");

-- CreateIndex
CREATE INDEX "host_work_dirty_from_idx" ON "host_work"("dirty_from");

-- CreateIndex
CREATE INDEX "deviation_hit_deviation_id_idx" ON "deviation_hit"("deviation_id");

-- CreateIndex
CREATE INDEX "image_file_name_idx" ON "image"("file_name");

-- CreateIndex
CREATE INDEX "pattern_trgm" ON "pattern" USING GIN ("pattern" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "signature_pattern_id_idx" ON "signature"("pattern_id");

-- CreateIndex
CREATE INDEX "signature_entry_id_idx" ON "signature"("entry_id");

-- CreateIndex
CREATE INDEX "execution_occurred_at_host_id_id_idx" ON "execution"("occurred_at" DESC, "host_id", "id");

-- CreateIndex
CREATE INDEX "execution_entry_id_occurred_at_idx" ON "execution"("entry_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "execution_host_id_pid_occurred_at_idx" ON "execution"("host_id", "pid", "occurred_at");

-- CreateIndex
CREATE INDEX "execution_image_id_idx" ON "execution"("image_id");

-- CreateIndex
CREATE INDEX "execution_signature_id_occurred_at_idx" ON "execution"("signature_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "execution_command_line_trgm" ON "execution" USING GIN ("command_line" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "process_host_id_process_guid_occurred_at_idx" ON "process"("host_id", "process_guid", "occurred_at");

-- CreateIndex
CREATE INDEX "process_host_id_pid_occurred_at_idx" ON "process"("host_id", "pid", "occurred_at");

-- CreateIndex
CREATE INDEX "process_host_id_parent_guid_occurred_at_idx" ON "process"("host_id", "parent_guid", "occurred_at");

-- CreateIndex
CREATE INDEX "process_host_id_parent_pid_occurred_at_idx" ON "process"("host_id", "parent_pid", "occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "host_name_key" ON "host"("name");

-- CreateIndex
CREATE UNIQUE INDEX "host_alias_alias_key" ON "host_alias"("alias");

-- CreateIndex
CREATE INDEX "host_alias_host_id_idx" ON "host_alias"("host_id");

-- CreateIndex
CREATE UNIQUE INDEX "host_group_name_key" ON "host_group"("name");

-- CreateIndex
CREATE INDEX "host_group_member_group_id_idx" ON "host_group_member"("group_id");

-- CreateIndex
CREATE INDEX "upload_created_at_idx" ON "upload"("created_at" DESC);

-- CreateIndex
CREATE INDEX "upload_state_idx" ON "upload"("state");

-- CreateIndex
CREATE UNIQUE INDEX "import_file_upload_id_path_key" ON "import_file"("upload_id", "path");

-- CreateIndex
CREATE INDEX "deviation_state_idx" ON "deviation"("state");

-- CreateIndex
CREATE INDEX "ruling_entry_id_idx" ON "ruling"("entry_id");

-- CreateIndex
CREATE INDEX "decision_entry_id_idx" ON "decision"("entry_id");

-- CreateIndex
CREATE INDEX "decision_state_idx" ON "decision"("state");

-- CreateIndex
CREATE INDEX "audit_entry_subject_kind_subject_id_idx" ON "audit_entry"("subject_kind", "subject_id");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- AddForeignKey
ALTER TABLE "account_host_group" ADD CONSTRAINT "account_host_group_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_host_group" ADD CONSTRAINT "account_host_group_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "host_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "catalogue_revision" ADD CONSTRAINT "catalogue_revision_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "catalogue_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "host_alias" ADD CONSTRAINT "host_alias_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "host_group_member" ADD CONSTRAINT "host_group_member_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "host_group_member" ADD CONSTRAINT "host_group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "host_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_chunk" ADD CONSTRAINT "upload_chunk_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_file" ADD CONSTRAINT "import_file_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rejection" ADD CONSTRAINT "rejection_import_file_id_fkey" FOREIGN KEY ("import_file_id") REFERENCES "import_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ruling" ADD CONSTRAINT "ruling_deviation_id_fkey" FOREIGN KEY ("deviation_id") REFERENCES "deviation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "catalogue_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;



-- Partitions live in a schema of their own, which Prisma does not look at.
CREATE SCHEMA part;

-- Makes the month's partition of a fact table, whichever year arrives. SECURITY DEFINER: the application owns no table.
CREATE FUNCTION make_partition(fact text, month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  starts date := date_trunc('month', month)::date;
  child text := fact || '_' || to_char(starts, 'YYYY_MM');
BEGIN
  IF fact NOT IN ('execution', 'process') THEN RAISE EXCEPTION 'not a partitioned table: %', fact; END IF;
  IF to_regclass(format('part.%I', child)) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('make_partition'));
  EXECUTE format('CREATE TABLE IF NOT EXISTS part.%I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
    child, fact, starts::timestamp AT TIME ZONE 'UTC', (starts + interval '1 month') AT TIME ZONE 'UTC');
END $$;

-- The audit log is append-only for the application.
GRANT USAGE ON SCHEMA public TO cordon_app;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO cordon_app;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM cordon_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO cordon_app;
REVOKE ALL ON FUNCTION make_partition(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_partition(text, date) TO cordon_app;

