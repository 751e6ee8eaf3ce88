-- What a shipper sends in a day is one upload a key.
ALTER TABLE "upload" ADD COLUMN "key_id" UUID;
ALTER TABLE "upload" ADD CONSTRAINT "upload_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE UNIQUE INDEX "upload_key_id_name_key" ON "upload"("key_id", "name");

-- CreateTable
CREATE TABLE "key_activity" (
    "key_id" UUID NOT NULL,
    "minute" TIMESTAMPTZ(6) NOT NULL,
    "events" INTEGER NOT NULL DEFAULT 0,
    "events_before" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "last_error_at" TIMESTAMPTZ(6),

    CONSTRAINT "key_activity_pkey" PRIMARY KEY ("key_id")
);
ALTER TABLE "key_activity" ADD CONSTRAINT "key_activity_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON "key_activity" TO cordon_app;
