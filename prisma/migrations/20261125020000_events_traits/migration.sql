-- Signatures gained traits, so that all have other ids: everything derived is computed anew.
TRUNCATE "usage", "host_value", "prevalence", "pattern_day", "deviation_hit", "coverage", "signature";
UPDATE "execution" SET "signature_id" = NULL WHERE "signature_id" IS NOT NULL;
INSERT INTO "host_work" ("host_id", "dirty_from", "revision")
  SELECT "host_id", (min("occurred_at") AT TIME ZONE 'UTC')::date, 1 FROM "process" GROUP BY "host_id" ORDER BY "host_id"
  ON CONFLICT ("host_id") DO UPDATE SET "dirty_from" = excluded."dirty_from", "revision" = "host_work"."revision" + 1;
