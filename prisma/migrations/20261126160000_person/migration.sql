-- One name for one account, however sensors print it: some write 'nt authority\system', some a SID alone, some a machine's own account for what
-- runs as the system. What is stored stays as it was printed (decision 30).
CREATE FUNCTION well_known_account(name text, sid text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN sid = 'S-1-5-18' OR lower(name) = 'nt authority\system' THEN 'NT AUTHORITY\SYSTEM'
    WHEN sid = 'S-1-5-19' OR lower(name) = 'nt authority\local service' THEN 'NT AUTHORITY\LOCAL SERVICE'
    WHEN sid = 'S-1-5-20' OR lower(name) = 'nt authority\network service' THEN 'NT AUTHORITY\NETWORK SERVICE'
    WHEN sid = 'S-1-5-7' OR lower(name) = 'nt authority\anonymous logon' THEN 'NT AUTHORITY\ANONYMOUS LOGON'
    WHEN sid = 'S-1-5-11' THEN 'NT AUTHORITY\Authenticated Users'
    WHEN sid = 'S-1-1-0' THEN 'Everyone'
    WHEN sid = 'S-1-5-32-544' THEN 'BUILTIN\Administrators'
    WHEN sid = 'S-1-5-32-545' THEN 'BUILTIN\Users'
  END;

-- What printings of one account have in common.
CREATE FUNCTION account_key(name text, sid text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower(coalesce(well_known_account(name, sid), name, sid));

-- Names come from logs and may be of any length, which only hash indexes take.
CREATE INDEX "principal_account_key_idx" ON "principal" USING HASH (account_key("name", "sid"));
CREATE INDEX "principal_sid_idx" ON "principal" USING HASH ("sid");

-- A principal under the name that its account is shown by; null where neither a name nor a SID was reported.
CREATE VIEW person AS
  SELECT p.id, account_key(p.name, p.sid) AS key,
    coalesce(
      well_known_account(p.name, p.sid),
      CASE
        WHEN p.name IS NOT NULL
        THEN (SELECT min(o.name COLLATE "C") FROM principal o WHERE account_key(o.name, o.sid) = account_key(p.name, p.sid))
        ELSE (SELECT min(o.name COLLATE "C") FROM principal o WHERE o.sid = p.sid)
      END,
      p.sid) AS name
  FROM principal p;

GRANT SELECT ON person TO cordon_app;
