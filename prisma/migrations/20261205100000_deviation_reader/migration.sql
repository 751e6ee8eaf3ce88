-- What those who are told of deviations see of the queue, so that what rises to it and what comes back is told once. It begins as the queue is
-- when somebody is first told.
CREATE TABLE "deviation_reader" (
    "account_id" UUID NOT NULL,
    "seen_as" TEXT NOT NULL,
    "shown" BIGINT[],
    "gone" BIGINT[],
    "looked_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "deviation_reader_pkey" PRIMARY KEY ("account_id")
);
ALTER TABLE "deviation_reader" ADD CONSTRAINT "deviation_reader_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON deviation_reader TO cordon_app;
