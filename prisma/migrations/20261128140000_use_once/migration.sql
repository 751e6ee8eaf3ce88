-- What a host uses is kept once (decision 43). Where patterns were observed is asked of usage, which says of a row whether it counts; who used what at all
-- is said by the packed rows alone.

ALTER TABLE "usage" ADD COLUMN "observed" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "usage" ALTER COLUMN "observed" DROP DEFAULT;

-- What was computed while an incident held is in no pattern's days. As hash64('value', …) of lib/pipeline/hash.ts.
WITH "known" AS (
  SELECT s.id, s.pattern_id, ('x' || encode(substr(sha256('\x0076'::bytea || convert_to('value', 'UTF8') || '\x0076'::bytea || convert_to(p.pattern, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint AS value_id
  FROM "signature" s JOIN "pattern" p ON p.id = s.pattern_id)
UPDATE "usage" u SET observed = false FROM "known" k
WHERE k.id = u.signature_id AND NOT EXISTS (
  SELECT FROM "pattern_day" d WHERE d.host_id = u.host_id AND d.entry_id = u.entry_id AND d.value_id = k.value_id AND d.day = u.day);
DROP TABLE "pattern_day";

-- DropIndex
DROP INDEX "usage_signature_id_idx";

-- CreateIndex
CREATE INDEX "usage_signature_id_day_idx" ON "usage"("signature_id", "day");

ALTER TABLE "host_use" ADD COLUMN "executions" INTEGER, ADD COLUMN "last_day" DATE;
UPDATE "host_use" h SET executions = s.executions, last_day = s.last_day
FROM (SELECT entry_id, host_id, principal_id, sum(executions) AS executions, max(last_day) AS last_day FROM "use_span" GROUP BY 1, 2, 3) s
WHERE s.entry_id = h.entry_id AND s.host_id = h.host_id AND s.principal_id = h.principal_id;
ALTER TABLE "host_use" ALTER COLUMN "executions" SET NOT NULL, ALTER COLUMN "last_day" SET NOT NULL;
DROP TABLE "use_span";

-- What statistics are kept fresh of.
CREATE OR REPLACE FUNCTION analyze_facts() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  child regclass;
BEGIN
  FOR child IN
    SELECT c.oid FROM pg_class c LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relkind = 'r' AND (c.relnamespace = 'part'::regnamespace OR c.relnamespace = 'public'::regnamespace AND c.relname IN (
        'usage', 'host_use', 'use_day', 'coverage', 'signature', 'pattern', 'feature_value', 'principal', 'deviation_hit', 'host_value'))
      AND (c.reltuples < 0 AND coalesce(s.n_live_tup, 0) > 0 OR s.n_mod_since_analyze > 1000 + greatest(c.reltuples, 0) / 2
        OR c.relnamespace = 'part'::regnamespace AND c.reltuples < 0)
    ORDER BY c.oid
  LOOP
    EXECUTE format('ANALYZE %s', child);
  END LOOP;
END $$;
