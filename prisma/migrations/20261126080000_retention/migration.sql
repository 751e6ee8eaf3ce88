-- CreateTable
CREATE TABLE "retention" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "fact_months" INTEGER,
    "raw_days" INTEGER,
    "kept_from" DATE,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "retention_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "retention" ADD CHECK ("id" = 1), ADD CHECK ("fact_months" > 0), ADD CHECK ("raw_days" > 0);
INSERT INTO "retention" ("id") VALUES (1);
GRANT SELECT, UPDATE ON "retention" TO cordon_app;

-- A day whose facts are gone cannot be computed again: whoever asks for it gets the days that are left.
CREATE FUNCTION keep_work_within_retention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.dirty_from := greatest(NEW.dirty_from, (SELECT kept_from FROM retention WHERE NEW.dirty_from < kept_from));
  RETURN NEW;
END $$;
CREATE TRIGGER keep_work_within_retention BEFORE INSERT OR UPDATE OF dirty_from ON host_work
  FOR EACH ROW WHEN (NEW.dirty_from IS NOT NULL) EXECUTE FUNCTION keep_work_within_retention();

-- Drops the months of a fact table that end before what is kept. SECURITY DEFINER: the application owns no table.
CREATE FUNCTION drop_partitions_before_retention(fact text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone integer := 0;
  child record;
BEGIN
  IF fact NOT IN ('execution', 'process', 'process_event', 'attempt', 'command_text') THEN RAISE EXCEPTION 'not a partitioned table: %', fact; END IF;
  FOR child IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = to_regclass(fact) AND to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= (SELECT kept_from FROM retention)
    ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE part.%I', child.relname);
    gone := gone + 1;
  END LOOP;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION drop_partitions_before_retention(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_partitions_before_retention(text) TO cordon_app;
