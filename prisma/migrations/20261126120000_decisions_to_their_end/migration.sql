-- A ring without groups is everything else: null says nothing.
UPDATE decision_ring SET group_ids = '{}' WHERE group_ids IS NULL;
ALTER TABLE decision_ring ALTER COLUMN group_ids SET DEFAULT ARRAY[]::INTEGER[], ALTER COLUMN group_ids SET NOT NULL;

-- An emergency block judges nothing: it no longer calls the binary safe to block.
UPDATE decision SET verdict = 'emergency' WHERE lapses_at IS NOT NULL;

-- What people were warned of, so that they are warned once, whatever the clock does.
CREATE TABLE decision_warning (
    decision_id integer NOT NULL,
    key text NOT NULL,
    at timestamptz(6) NOT NULL,
    CONSTRAINT decision_warning_pkey PRIMARY KEY (decision_id, key)
);
ALTER TABLE decision_warning ADD CONSTRAINT decision_warning_decision_id_fkey
    FOREIGN KEY (decision_id) REFERENCES decision (id) ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON decision_warning TO cordon_app;
