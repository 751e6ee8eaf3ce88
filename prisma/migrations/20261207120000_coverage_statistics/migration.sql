-- Days of hosts were taken for a tenth of the rows of coverage, so that PostgreSQL hashed and sorted what its key has in order.
CREATE STATISTICS "coverage_host_days" (ndistinct) ON "host_id", "day" FROM "coverage";
ANALYZE "coverage";
