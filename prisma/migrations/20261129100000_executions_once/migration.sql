-- An execution is written once (decision 47): which kind of use it was, usage says, which is replaced day by day, by the ids of the executions that it counts.

-- As computing reads processes: the account that the first of a process's records names, by sensor and time.
CREATE TEMP TABLE "counted" AS
  WITH "several" AS (SELECT DISTINCT host_id, anchor_id FROM "execution" WHERE anchor_id <> id),
  "named" AS (
    SELECT DISTINCT ON (e.host_id, e.anchor_id) e.host_id, e.anchor_id, e.principal_id FROM "execution" e JOIN "several" USING (host_id, anchor_id)
    WHERE e.principal_id IS NOT NULL ORDER BY e.host_id, e.anchor_id, e.sensor, e.occurred_at, e.id)
  SELECT e.host_id, (e.occurred_at AT TIME ZONE 'UTC')::date AS day, e.signature_id, coalesce(n.principal_id, e.principal_id, 0) AS principal_id,
    string_agg(int8send(e.id), ''::bytea ORDER BY int8send(e.id)) AS anchors
  FROM "execution" e LEFT JOIN "named" n ON n.host_id = e.host_id AND n.anchor_id = e.id
  WHERE e.anchor_id = e.id AND e.signature_id IS NOT NULL GROUP BY 1, 2, 3, 4;

-- Written anew, by its key: changed in place it would be twice as large.
CREATE TEMP TABLE "kept" AS SELECT * FROM "usage";
DROP INDEX "usage_entry_id_day_idx", "usage_signature_id_day_idx";
ALTER TABLE "usage" DROP CONSTRAINT "usage_pkey";
TRUNCATE "usage";
ALTER TABLE "usage" ADD COLUMN "anchors" BYTEA NOT NULL;
-- ids are hashes: nothing makes them shorter
ALTER TABLE "usage" ALTER COLUMN "anchors" SET STORAGE EXTERNAL;
ANALYZE "counted", "kept";
INSERT INTO "usage" SELECT k.*, coalesce(c.anchors, '') FROM "kept" k LEFT JOIN "counted" c USING (host_id, day, signature_id, principal_id)
  ORDER BY k.host_id, k.day, k.signature_id, k.principal_id;
ALTER TABLE "usage" ADD CONSTRAINT "usage_pkey" PRIMARY KEY ("host_id", "day", "signature_id", "principal_id");
CREATE INDEX "usage_entry_id_day_idx" ON "usage"("entry_id", "day");
CREATE INDEX "usage_signature_id_day_idx" ON "usage"("signature_id", "day");
DROP TABLE "counted", "kept";

DROP VIEW "execution_with_texts";
-- DropIndex
DROP INDEX "execution_signature_id_idx";
ALTER TABLE "execution" DROP COLUMN "signature_id";
CREATE VIEW "execution_with_texts" AS
  SELECT e.*,
    (SELECT t.text FROM "command_text" t WHERE t.month = date_trunc('month', e.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AND t.id = e.command_text_id) AS command_line,
    (SELECT t.text FROM "command_text" t WHERE t.month = date_trunc('month', e.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AND t.id = e.parent_text_id) AS parent_command_line,
    (SELECT l.parent_image FROM "launch" l WHERE l.id = e.launch_id) AS parent_image
  FROM "execution" e;
GRANT SELECT ON "execution_with_texts" TO cordon_app;
