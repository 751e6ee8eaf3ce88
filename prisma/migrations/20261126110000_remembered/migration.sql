-- What took long to work out for a page (decision 25). A copy of what the other tables say: it may be emptied at any time.
-- CreateTable
CREATE TABLE "remembered" (
    "key" TEXT NOT NULL,
    "revision" BIGINT NOT NULL,
    "worked_out_at" TIMESTAMPTZ(6) NOT NULL,
    "took_ms" INTEGER NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "claimed_at" TIMESTAMPTZ(6),
    "content" JSONB NOT NULL,

    CONSTRAINT "remembered_pkey" PRIMARY KEY ("key")
);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON "remembered" TO cordon_app;

-- Moves on whenever the worker has committed something that pages count.
CREATE SEQUENCE computed_revision;
SELECT nextval('computed_revision');
GRANT USAGE, SELECT ON SEQUENCE computed_revision TO cordon_app;
