-- A process is stored once: what is an execution is no process besides (decision 32). Who asks for every creation reads both.
DELETE FROM "process" p USING "execution" e WHERE p.host_id = e.host_id AND p.occurred_at = e.occurred_at AND p.id = e.id;

CREATE VIEW "creation" AS
  SELECT host_id, occurred_at, id, sensor, alias_id, pid, process_guid, parent_pid, parent_guid, image_id, parent_image, principal_id, command_line,
    true AS is_execution FROM "execution"
  UNION ALL
  SELECT host_id, occurred_at, id, sensor, alias_id, pid, process_guid, parent_pid, parent_guid, image_id, parent_image, principal_id, command_line,
    false FROM "process";
GRANT SELECT ON "creation" TO cordon_app;

-- CreateIndex
CREATE INDEX "execution_host_id_process_guid_idx" ON "execution"("host_id", "process_guid");

-- CreateIndex
CREATE INDEX "execution_host_id_parent_guid_idx" ON "execution"("host_id", "parent_guid");

-- CreateIndex
CREATE INDEX "execution_host_id_parent_pid_idx" ON "execution"("host_id", "parent_pid");
