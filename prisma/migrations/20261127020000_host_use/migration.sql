-- All of a binary's use by one account on one host in one row, so that a what-if reads ten thousands of rows and not a million: see packed-use.ts.
CREATE TABLE host_use (
    entry_id integer NOT NULL,
    host_id integer NOT NULL,
    principal_id bigint NOT NULL,
    uses bytea NOT NULL,
    CONSTRAINT host_use_pkey PRIMARY KEY (entry_id, host_id, principal_id)
);
CREATE INDEX host_use_host_id_idx ON host_use (host_id);
-- hashes do not compress, and what lies in the row is read in one go
ALTER TABLE host_use ALTER COLUMN uses SET STORAGE EXTERNAL;
ALTER TABLE host_use SET (toast_tuple_target = 8160);
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON host_use TO cordon_app;

INSERT INTO host_use (entry_id, host_id, principal_id, uses)
  SELECT entry_id, host_id, principal_id,
    string_agg(int8send(signature_id) || int4send(executions) || int4send(working_hours) || int4send(last_day - '1970-01-01'), ''::bytea ORDER BY signature_id)
  FROM use_span GROUP BY entry_id, host_id, principal_id ORDER BY entry_id, host_id;
