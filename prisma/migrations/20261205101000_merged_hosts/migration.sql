-- What was said of a merged host is said of the one it was merged into, which is asked for by that one.
CREATE INDEX "host_merged_into_idx" ON "host"("merged_into");
