-- What executions are searched by, with their day or hour: the newest of a frequent user, parent or file are found slot by slot, without walking through
-- everybody else's. Rows of one key and slot share an entry, so this costs hardly more than the key alone. Decision 38.
DROP INDEX "execution_principal_id_idx";
CREATE INDEX "execution_principal_id_day_idx" ON "execution" ("principal_id", (("occurred_at" AT TIME ZONE 'UTC')::date));
DROP INDEX "execution_launch_id_idx";
CREATE INDEX "execution_launch_id_hour_idx" ON "execution" ("launch_id", (date_trunc('hour', "occurred_at" AT TIME ZONE 'UTC')));
DROP INDEX "execution_image_id_idx";
CREATE INDEX "execution_image_id_hour_idx" ON "execution" ("image_id", (date_trunc('hour', "occurred_at" AT TIME ZONE 'UTC')));

-- CreateIndex
CREATE INDEX "host_days_principal_id_idx" ON "host_days"("principal_id");
