-- Original records that arrived a few at a time lie together once their day is over.
ALTER TABLE "raw_block" ADD COLUMN "last_id" BIGINT;
-- The worker looks for those that were not looked at yet.
CREATE INDEX "raw_block_loose_idx" ON "raw_block" ("day") WHERE "last_id" IS NULL;
SELECT tidy_soon('raw_block'::regclass);
