-- Each execution's row is written twice: when it arrives, and with its signature when it is computed. The room of the first is tidied up when a twentieth of
-- a month is such, not a fifth, so that what arrives meanwhile takes it. So it is with what is replaced whenever a host's day is computed again.
CREATE FUNCTION tidy_soon(of regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000)', of);
END $$;
REVOKE ALL ON FUNCTION tidy_soon(regclass) FROM PUBLIC;

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
  IF fact = 'execution' THEN PERFORM tidy_soon(format('part.%I', child)::regclass); END IF;
END $$;

SELECT tidy_soon(inhrelid) FROM pg_inherits WHERE inhparent = 'execution'::regclass;
SELECT tidy_soon(name::regclass) FROM unnest(ARRAY['usage', 'host_use', 'host_days', 'use_day', 'coverage', 'module_use', 'network_use', 'child_use', 'deviation_hit']) AS name;
