-- A damaged place in a file is no record. Those of earlier imports stay counted among the rejected records.
ALTER TABLE "import_file" ADD COLUMN "damaged" INTEGER NOT NULL DEFAULT 0;
