-- CreateTable
CREATE TABLE "scoring_method" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER,

    CONSTRAINT "scoring_method_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "scoring_method" ADD CHECK ("id" = 1);
-- what was computed until now was so by a method that no release has any more
INSERT INTO "scoring_method" ("version") SELECT CASE WHEN EXISTS (SELECT FROM "host_work") THEN 0 END;
GRANT SELECT, UPDATE ON "scoring_method" TO cordon_app;
