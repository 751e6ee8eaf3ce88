-- Command lines repeat: each distinct one is indexed once a month, and executions name it (decision 15).
-- CreateTable
CREATE TABLE "command_text" (
    "month" TIMESTAMPTZ(6) NOT NULL,
    "id" BIGINT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "command_text_pkey" PRIMARY KEY ("month","id")
) PARTITION BY RANGE ("month");

-- CreateIndex
CREATE INDEX "command_text_trgm" ON "command_text" USING GIN ("text" gin_trgm_ops) WITH (gin_pending_list_limit = 16384);

ALTER TABLE "execution" ADD COLUMN "command_text_id" BIGINT;
DROP INDEX "execution_command_line_trgm";

-- As hash64('command-text', line) of lib/pipeline/hash.ts.
CREATE FUNCTION command_text_id(line text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ('x' || encode(substr(sha256('\x0076'::bytea || convert_to('command-text', 'UTF8') || '\x0076'::bytea || convert_to(line, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint
$$;
GRANT EXECUTE ON FUNCTION command_text_id(text) TO cordon_app;

-- The same function for one more partitioned table.
CREATE OR REPLACE FUNCTION make_partition(fact text, month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  starts date := date_trunc('month', month)::date;
  child text := fact || '_' || to_char(starts, 'YYYY_MM');
BEGIN
  IF fact NOT IN ('execution', 'process', 'process_event', 'attempt', 'command_text') THEN RAISE EXCEPTION 'not a partitioned table: %', fact; END IF;
  IF to_regclass(format('part.%I', child)) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('make_partition'));
  EXECUTE format('CREATE TABLE IF NOT EXISTS part.%I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
    child, fact, starts::timestamp AT TIME ZONE 'UTC', (starts + interval '1 month') AT TIME ZONE 'UTC');
END $$;

-- What is stored already. Wherever executions have a month, their lines have one.
SELECT make_partition('command_text', to_date(right(c.relname, 7), 'YYYY_MM'))
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'execution'::regclass;
UPDATE "execution" SET "command_text_id" = command_text_id("command_line") WHERE "command_line" IS NOT NULL;
INSERT INTO "command_text" ("month", "id", "text")
SELECT DISTINCT date_trunc('month', "occurred_at" AT TIME ZONE 'UTC') AT TIME ZONE 'UTC', "command_text_id", "command_line"
FROM "execution" WHERE "command_line" IS NOT NULL;

-- CreateIndex
CREATE INDEX "execution_command_text_id_idx" ON "execution"("command_text_id");

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON "command_text" TO cordon_app;
