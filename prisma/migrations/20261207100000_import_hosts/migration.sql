-- Of which hosts a file tells. Imports before have those of which they brought executions alone, and say so.
CREATE TABLE "import_host" (
    "file_id" INTEGER NOT NULL,
    "alias_id" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,
    "kinds" SMALLINT NOT NULL,
    "executions" INTEGER NOT NULL,

    CONSTRAINT "import_host_pkey" PRIMARY KEY ("file_id", "alias_id")
);
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON "import_host" TO cordon_app;

ALTER TABLE "import_file" ADD COLUMN "hosts_noted" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "import_file" ALTER COLUMN "hosts_noted" SET DEFAULT true;

-- 64: the bit of process creations
INSERT INTO "import_host" ("file_id", "alias_id", "first_at", "last_at", "kinds", "executions")
  SELECT e.import_file_id, e.alias_id, min(e.occurred_at), max(e.occurred_at), 64, count(*) FILTER (WHERE e.anchor_id = e.id)
  FROM "execution" e WHERE e.import_file_id IN (SELECT f.id FROM "import_file" f JOIN "upload" u ON u.id = f.upload_id WHERE u.channel <> 'shipper')
  GROUP BY 1, 2;

-- Shippers' rows, of which there may be most, are not looked for by their file.
CREATE INDEX "telemetry_import_file_id_idx" ON "telemetry" ("import_file_id") WHERE "import_file_id" <> 0;
