-- What people change counts, too, for some of what is remembered (decision 41). A copy of what the other tables say: it begins anew.
TRUNCATE "remembered";
ALTER TABLE "remembered" ADD COLUMN "changes" BIGINT NOT NULL DEFAULT 0;
