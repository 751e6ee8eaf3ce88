-- Where original records are kept for some days, the worker looks for older ones at every turn: without it each look reads the whole table.
-- CreateIndex
CREATE INDEX "raw_block_day_idx" ON "raw_block"("day");
