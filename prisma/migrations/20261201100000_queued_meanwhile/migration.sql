-- What comes in for a host while one of its days is computed: only that day and later ones are computed again.
ALTER TABLE "host_work" ADD COLUMN "queued_from" DATE;
