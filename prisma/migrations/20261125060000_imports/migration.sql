-- AlterTable
ALTER TABLE "host" ADD COLUMN     "merged_into" INTEGER;

-- AlterTable
ALTER TABLE "import_file" ADD COLUMN     "hostless" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "fingerprint" TEXT,
ADD COLUMN     "received_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "host_move" (
    "id" SERIAL NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "from_id" INTEGER NOT NULL,
    "to_id" INTEGER NOT NULL,
    "done_to" DATE,

    CONSTRAINT "host_move_pkey" PRIMARY KEY ("id")
);

GRANT SELECT, INSERT, UPDATE, DELETE ON host_move TO cordon_app;
GRANT USAGE, SELECT ON SEQUENCE host_move_id_seq TO cordon_app;

-- Statistics of partitions that are new or have grown much since they were last looked at: without them the planner takes a month that was
-- just imported for empty and joins it by walking it. SECURITY DEFINER: the application owns no table.
CREATE FUNCTION analyze_facts() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  child regclass;
BEGIN
  FOR child IN
    SELECT c.oid FROM pg_class c LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relnamespace = 'part'::regnamespace AND c.relkind = 'r'
      AND (c.reltuples < 0 OR s.n_mod_since_analyze > 1000 + c.reltuples / 2)
  LOOP
    EXECUTE format('ANALYZE %s', child);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION analyze_facts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION analyze_facts() TO cordon_app;
