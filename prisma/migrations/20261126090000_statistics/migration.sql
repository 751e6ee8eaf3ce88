-- What is derived grows as fast as facts do: without statistics of it a binary's page took ten times as long after a first import.
CREATE OR REPLACE FUNCTION analyze_facts() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  child regclass;
BEGIN
  FOR child IN
    SELECT c.oid FROM pg_class c LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relkind = 'r' AND (c.relnamespace = 'part'::regnamespace OR c.relnamespace = 'public'::regnamespace AND c.relname IN (
        'usage', 'use_span', 'use_day', 'coverage', 'signature', 'pattern', 'feature_value', 'principal', 'deviation_hit', 'host_value', 'pattern_day'))
      AND (c.reltuples < 0 AND coalesce(s.n_live_tup, 0) > 0 OR s.n_mod_since_analyze > 1000 + greatest(c.reltuples, 0) / 2
        OR c.relnamespace = 'part'::regnamespace AND c.reltuples < 0)
    ORDER BY c.oid
  LOOP
    EXECUTE format('ANALYZE %s', child);
  END LOOP;
END $$;
