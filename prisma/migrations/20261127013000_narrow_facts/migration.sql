-- Facts are narrow (decision 32): what many records share is named by the hash of what it says, GUIDs are bytes, columns lie without gaps, and an
-- index is there for each way of looking up and no more. Both tables are written anew, a month at a time.

-- A GUID is its 16 bytes; what other products tell processes apart by is its text behind zeros, never 16 bytes long.
CREATE FUNCTION guid_bytes(guid text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN guid ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN decode(replace(guid, '-', ''), 'hex')
    WHEN octet_length(guid) = 15 THEN '\x0000'::bytea || convert_to(guid, 'UTF8') ELSE '\x00'::bytea || convert_to(guid, 'UTF8') END
$$;
CREATE FUNCTION guid_text(guid bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN octet_length(guid) = 16 THEN encode(guid, 'hex')::uuid::text ELSE convert_from(ltrim(guid, '\x00'::bytea), 'UTF8') END
$$;
-- What GUIDs are indexed by: half as wide. Whoever looks one up compares the GUID as well.
CREATE FUNCTION guid_key(guid bytea) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ('x' || encode(substr(sha256(guid), 1, 4), 'hex'))::bit(32)::integer
$$;
-- As hash64('launch', …) of lib/pipeline/hash.ts; null where nothing is known.
CREATE FUNCTION launch_id(parent text, grandparent text, integrity text, directory text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN coalesce(parent, grandparent, integrity, directory) IS NOT NULL THEN
    ('x' || encode(substr(sha256('\x0076'::bytea || convert_to('launch', 'UTF8')
      || coalesce('\x0076'::bytea || convert_to(parent, 'UTF8'), '\x006e'::bytea)
      || coalesce('\x0076'::bytea || convert_to(grandparent, 'UTF8'), '\x006e'::bytea)
      || coalesce('\x0076'::bytea || convert_to(integrity, 'UTF8'), '\x006e'::bytea)
      || coalesce('\x0076'::bytea || convert_to(directory, 'UTF8'), '\x006e'::bytea)), 1, 8), 'hex'))::bit(64)::bigint END
$$;
GRANT EXECUTE ON FUNCTION guid_bytes(text), guid_text(bytea), guid_key(bytea), launch_id(text, text, text, text) TO cordon_app;

-- CreateTable
CREATE TABLE "launch" (
    "id" BIGINT NOT NULL,
    "parent_image" TEXT,
    "grandparent_image" TEXT,
    "integrity_level" TEXT,
    "current_directory" TEXT,

    CONSTRAINT "launch_pkey" PRIMARY KEY ("id")
);
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON "launch" TO cordon_app;

DROP VIEW "creation";
ALTER TABLE "execution" RENAME TO "old_execution";
ALTER TABLE "process" RENAME TO "old_process";
ALTER TABLE "old_execution" DROP CONSTRAINT "execution_pkey";
ALTER TABLE "old_process" DROP CONSTRAINT "process_pkey";

-- CreateTable
CREATE TABLE "execution" (
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "id" BIGINT NOT NULL,
    "anchor_at" TIMESTAMPTZ(6) NOT NULL,
    "anchor_id" BIGINT NOT NULL,
    "image_id" BIGINT NOT NULL,
    "principal_id" BIGINT,
    "launch_id" BIGINT,
    "command_text_id" BIGINT,
    "parent_text_id" BIGINT,
    "signature_id" BIGINT,
    "pid" BIGINT,
    "parent_pid" BIGINT,
    "raw_block_id" BIGINT,
    "raw_index" INTEGER,
    "host_id" INTEGER NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "hosted_entry_id" INTEGER,
    "import_file_id" INTEGER NOT NULL,
    "tick" SMALLINT NOT NULL DEFAULT 0,
    "sensor" SMALLINT NOT NULL,
    "time_source" SMALLINT NOT NULL,
    "process_guid" BYTEA,
    "parent_guid" BYTEA,
    "logon_id" TEXT,
    "record_id" TEXT
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "process" (
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "id" BIGINT NOT NULL,
    "image_id" BIGINT NOT NULL,
    "principal_id" BIGINT,
    "launch_id" BIGINT,
    "pid" BIGINT,
    "parent_pid" BIGINT,
    "host_id" INTEGER NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "sensor" SMALLINT NOT NULL,
    "process_guid" BYTEA,
    "parent_guid" BYTEA,
    "command_line" TEXT
) PARTITION BY RANGE ("occurred_at");
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON "execution", "process" TO cordon_app;

INSERT INTO "launch"
SELECT launch_id(parent_image, grandparent_image, integrity_level, current_directory), parent_image, grandparent_image, integrity_level, current_directory
FROM (SELECT DISTINCT parent_image, grandparent_image, integrity_level, current_directory FROM "old_execution"
      UNION SELECT DISTINCT parent_image, NULL, NULL, NULL FROM "old_process") known
WHERE coalesce(parent_image, grandparent_image, integrity_level, current_directory) IS NOT NULL;

DO $$
DECLARE
  child record;
  month date;
BEGIN
  FOR child IN
    SELECT substr(p.relname, 5) AS fact, c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
    WHERE p.oid IN ('old_execution'::regclass, 'old_process'::regclass) ORDER BY 1, 2
  LOOP
    month := to_date(right(child.relname, 7), 'YYYY_MM');
    EXECUTE format('ALTER TABLE part.%I RENAME TO %I', child.relname, 'old_' || child.relname);
    PERFORM make_partition(child.fact, month);
    IF child.fact = 'execution' THEN
      EXECUTE format($copy$INSERT INTO part.%I
          SELECT occurred_at, id, anchor_at, anchor_id, image_id, principal_id, launch_id(parent_image, grandparent_image, integrity_level, current_directory),
            command_text_id, command_text_id(parent_command_line), signature_id, pid, parent_pid, raw_block_id, raw_index, host_id, alias_id, entry_id,
            hosted_entry_id, import_file_id, tick, sensor, time_source, guid_bytes(process_guid), guid_bytes(parent_guid), logon_id, record_id
          FROM part.%I$copy$, child.relname, 'old_' || child.relname);
      EXECUTE format($copy$INSERT INTO command_text (month, id, text)
          SELECT %L::timestamp AT TIME ZONE 'UTC', command_text_id(text), text FROM (
            SELECT DISTINCT parent_command_line AS text FROM part.%I WHERE parent_command_line IS NOT NULL) known
          ON CONFLICT DO NOTHING$copy$, month, 'old_' || child.relname);
    ELSE
      EXECUTE format($copy$INSERT INTO part.%I
          SELECT occurred_at, id, image_id, principal_id, launch_id(parent_image, NULL, NULL, NULL), pid, parent_pid, host_id, alias_id, sensor,
            guid_bytes(process_guid), guid_bytes(parent_guid), command_line
          FROM part.%I$copy$, child.relname, 'old_' || child.relname);
    END IF;
    EXECUTE format('DROP TABLE part.%I', 'old_' || child.relname);
  END LOOP;
END $$;
DROP TABLE "old_execution";
DROP TABLE "old_process";

ALTER TABLE "execution" ADD CONSTRAINT "execution_pkey" PRIMARY KEY ("host_id", "occurred_at", "id");
ALTER TABLE "process" ADD CONSTRAINT "process_pkey" PRIMARY KEY ("host_id", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "execution_occurred_at_idx" ON "execution"("occurred_at" DESC);

-- CreateIndex
CREATE INDEX "execution_entry_id_occurred_at_idx" ON "execution"("entry_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "execution_host_id_pid_idx" ON "execution"("host_id", "pid");

-- CreateIndex
CREATE INDEX "execution_host_id_parent_pid_idx" ON "execution"("host_id", "parent_pid");

-- CreateIndex
CREATE INDEX "execution_signature_id_idx" ON "execution"("signature_id");

-- CreateIndex
CREATE INDEX "execution_image_id_idx" ON "execution"("image_id");

-- CreateIndex
CREATE INDEX "execution_command_text_id_idx" ON "execution"("command_text_id");

-- CreateIndex
CREATE INDEX "execution_principal_id_idx" ON "execution"("principal_id");

-- CreateIndex
CREATE INDEX "execution_launch_id_idx" ON "execution"("launch_id");

-- CreateIndex
CREATE INDEX "execution_import_file_id_idx" ON "execution" USING BRIN ("import_file_id");
CREATE INDEX "execution_process_guid_idx" ON "execution"(guid_key("process_guid"));

-- CreateIndex
CREATE INDEX "process_host_id_pid_idx" ON "process"("host_id", "pid");

-- CreateIndex
CREATE INDEX "process_host_id_parent_pid_idx" ON "process"("host_id", "parent_pid");
CREATE INDEX "process_process_guid_idx" ON "process"(guid_key("process_guid"));

-- CreateIndex
CREATE INDEX "launch_parent_image_idx" ON "launch"("parent_image");

ALTER TABLE "process_event" ALTER COLUMN "process_guid" TYPE BYTEA USING guid_bytes("process_guid");

-- Executions with what they only name. What nobody asks for is not looked up.
CREATE VIEW "execution_with_texts" AS
  SELECT e.*,
    (SELECT t.text FROM "command_text" t WHERE t.month = date_trunc('month', e.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AND t.id = e.command_text_id) AS command_line,
    (SELECT t.text FROM "command_text" t WHERE t.month = date_trunc('month', e.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AND t.id = e.parent_text_id) AS parent_command_line,
    (SELECT l.parent_image FROM "launch" l WHERE l.id = e.launch_id) AS parent_image
  FROM "execution" e;

CREATE VIEW "creation" AS
  SELECT e.host_id, e.occurred_at, e.id, e.sensor, e.alias_id, e.pid, e.process_guid, e.parent_pid, e.parent_guid, e.image_id, e.launch_id, e.principal_id,
    (SELECT l.parent_image FROM "launch" l WHERE l.id = e.launch_id) AS parent_image,
    (SELECT t.text FROM "command_text" t WHERE t.month = date_trunc('month', e.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AND t.id = e.command_text_id) AS command_line,
    true AS is_execution FROM "execution" e
  UNION ALL
  SELECT p.host_id, p.occurred_at, p.id, p.sensor, p.alias_id, p.pid, p.process_guid, p.parent_pid, p.parent_guid, p.image_id, p.launch_id, p.principal_id,
    (SELECT l.parent_image FROM "launch" l WHERE l.id = p.launch_id), p.command_line, false FROM "process" p;
GRANT SELECT ON "execution_with_texts", "creation" TO cordon_app;
