-- Rollups of usage that a what-if replays: who used what at all (use_span), and how much of it on which day (use_day).
-- Derived from usage alone, behind the computing of days: what changed is noted in use_stale by triggers, whoever changed it.

CREATE TABLE use_span (
    entry_id integer NOT NULL,
    host_id integer NOT NULL,
    signature_id bigint NOT NULL,
    principal_id bigint NOT NULL,
    executions integer NOT NULL,
    days integer NOT NULL,
    working_hours integer NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    CONSTRAINT use_span_pkey PRIMARY KEY (entry_id, host_id, signature_id, principal_id)
);
CREATE INDEX use_span_host_id_idx ON use_span (host_id);

CREATE TABLE use_day (
    entry_id integer NOT NULL,
    day date NOT NULL,
    group_id integer NOT NULL,
    signature_id bigint NOT NULL,
    executions integer NOT NULL,
    CONSTRAINT use_day_pkey PRIMARY KEY (entry_id, day, group_id, signature_id)
);
CREATE INDEX use_day_day_idx ON use_day (day);

-- Without a unique key: a note taken off while another is written is never lost.
CREATE TABLE use_stale (
    id BIGSERIAL NOT NULL,
    host_id integer,
    day date,
    CONSTRAINT use_stale_pkey PRIMARY KEY (id)
);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON use_span, use_day, use_stale TO cordon_app;
GRANT USAGE, SELECT ON SEQUENCE use_stale_id_seq TO cordon_app;

CREATE FUNCTION note_changed_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO use_stale (host_id) SELECT DISTINCT host_id FROM changed;
  INSERT INTO use_stale (day) SELECT DISTINCT day FROM changed;
  RETURN NULL;
END $$;
CREATE TRIGGER usage_added AFTER INSERT ON usage
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changed_use();
CREATE TRIGGER usage_removed AFTER DELETE ON usage
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changed_use();

-- use_day counts by the group that a host is in now.
CREATE FUNCTION note_moved_hosts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO use_stale (day) SELECT DISTINCT u.day FROM usage u WHERE u.host_id IN (SELECT host_id FROM changed);
  RETURN NULL;
END $$;
CREATE TRIGGER member_added AFTER INSERT ON host_group_member
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_moved_hosts();
CREATE TRIGGER member_changed AFTER UPDATE ON host_group_member
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_moved_hosts();
CREATE TRIGGER member_removed AFTER DELETE ON host_group_member
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_moved_hosts();

CREATE FUNCTION forget_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE use_span, use_day, use_stale;
  RETURN NULL;
END $$;
CREATE TRIGGER usage_emptied AFTER TRUNCATE ON usage FOR EACH STATEMENT EXECUTE FUNCTION forget_use();

INSERT INTO use_stale (host_id) SELECT DISTINCT host_id FROM usage;
INSERT INTO use_stale (day) SELECT DISTINCT day FROM usage;
