-- What people judged of a binary: use that a ruling explains is asked for it, execution by execution.
CREATE INDEX "deviation_touched_idx" ON "deviation" ("entry_id") WHERE "touched";
