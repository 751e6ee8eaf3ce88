-- The days of all use of a binary by one account on one host in one row: a what-if that spares single hosts and accounts takes their days off, and
-- read all days of their hosts for it. See packed-days.ts.
CREATE TABLE host_days (
    entry_id integer NOT NULL,
    host_id integer NOT NULL,
    principal_id bigint NOT NULL,
    uses bytea NOT NULL,
    CONSTRAINT host_days_pkey PRIMARY KEY (entry_id, host_id, principal_id)
);
CREATE INDEX host_days_host_id_idx ON host_days (host_id);
-- hashes do not compress, and what lies in the row is read in one go
ALTER TABLE host_days ALTER COLUMN uses SET STORAGE EXTERNAL;
ALTER TABLE host_days SET (toast_tuple_target = 8160);
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON host_days TO cordon_app;

INSERT INTO host_days (entry_id, host_id, principal_id, uses)
  SELECT entry_id, host_id, principal_id, string_agg(int8send(signature_id) || int2send(days::smallint) || by_day, ''::bytea ORDER BY signature_id)
  FROM (
    SELECT entry_id, host_id, principal_id, signature_id, count(*) AS days,
      string_agg(int2send((day - '1970-01-01'::date)::smallint) || int4send(executions), ''::bytea ORDER BY day) AS by_day
    FROM usage GROUP BY entry_id, host_id, principal_id, signature_id) kind
  GROUP BY entry_id, host_id, principal_id ORDER BY entry_id, host_id;
