-- AlterTable
ALTER TABLE "host" ADD COLUMN     "merged_into" INTEGER;

-- AlterTable
ALTER TABLE "import_file" ADD COLUMN     "hostless" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "fingerprint" TEXT,
ADD COLUMN     "received_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "host_move" (
    "id" SERIAL NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "from_id" INTEGER NOT NULL,
    "to_id" INTEGER NOT NULL,
    "done_to" DATE,

    CONSTRAINT "host_move_pkey" PRIMARY KEY ("id")
);

GRANT SELECT, INSERT, UPDATE, DELETE ON host_move TO cordon_app;
GRANT USAGE, SELECT ON SEQUENCE host_move_id_seq TO cordon_app;
