-- The highest score of an item is one step into an index: every page asks for it of every open item.
DROP INDEX "deviation_hit_deviation_id_idx";

-- CreateIndex
CREATE INDEX "deviation_hit_deviation_id_score_millibits_idx" ON "deviation_hit"("deviation_id", "score_millibits");
