-- Executions of a binary are found hour by hour, as those of a parent or a file are (decision 38): the time itself was 20 bytes of each of the index's rows.
DROP INDEX "execution_entry_id_occurred_at_idx";
CREATE INDEX "execution_entry_id_hour_idx" ON "execution" ("entry_id", (date_trunc('hour', "occurred_at" AT TIME ZONE 'UTC')));
