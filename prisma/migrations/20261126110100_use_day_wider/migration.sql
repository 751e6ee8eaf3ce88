-- What pages about a binary say by day without asking every host: when, at which hours, how high it scored. The worker fills it anew.
TRUNCATE "use_day";
ALTER TABLE "use_day" ADD COLUMN "deviating" INTEGER NOT NULL,
ADD COLUMN "hours" INTEGER NOT NULL,
ADD COLUMN "first_at" TIMESTAMPTZ(6) NOT NULL,
ADD COLUMN "last_at" TIMESTAMPTZ(6) NOT NULL,
ADD COLUMN "score_millibits" INTEGER NOT NULL;
INSERT INTO "use_stale" ("day") SELECT DISTINCT "day" FROM "usage";
