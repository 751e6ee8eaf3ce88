-- Facts lie with their host: every key of theirs names it, and what else must happen with a row is said by who writes it, so that a
-- distributed PostgreSQL can hold them.
ALTER TABLE telemetry DROP CONSTRAINT telemetry_pkey;
ALTER TABLE telemetry ADD CONSTRAINT telemetry_pkey PRIMARY KEY (host_id, day, alias_id, sensor, kind, subject);
DROP INDEX telemetry_host_id_day_idx;

DROP TRIGGER usage_added ON usage;
DROP TRIGGER usage_removed ON usage;
DROP TRIGGER usage_emptied ON usage;
DROP FUNCTION note_changed_use();
DROP FUNCTION forget_use();
