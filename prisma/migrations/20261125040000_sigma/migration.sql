-- Sigma rules, what they met, and the current directory that some of them ask for.

ALTER TABLE "execution" ADD COLUMN "current_directory" TEXT;

-- CreateTable
CREATE TABLE "sigma_rule_set" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "loaded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sigma_rule_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sigma_rule" (
    "id" TEXT NOT NULL,
    "set_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "status" TEXT,
    "category" TEXT NOT NULL,
    "product" TEXT,
    "description" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "links" TEXT[],
    "tags" TEXT[],
    "modified" TEXT,
    "unknown_fields" TEXT[],
    "document" JSONB NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sigma_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sigma_rule_revision" (
    "id" BIGSERIAL NOT NULL,
    "rule_id" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(6) NOT NULL,
    "valid_to" TIMESTAMPTZ(6),
    "enabled" BOOLEAN NOT NULL,
    "document" JSONB NOT NULL,
    "account_id" UUID,

    CONSTRAINT "sigma_rule_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sigma_hit" (
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "rule_id" TEXT NOT NULL,
    "signature_id" BIGINT NOT NULL,
    "principal_id" BIGINT NOT NULL,
    "events" INTEGER NOT NULL,

    CONSTRAINT "sigma_hit_pkey" PRIMARY KEY ("host_id","day","rule_id","signature_id","principal_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sigma_rule_set_name_key" ON "sigma_rule_set"("name");

-- CreateIndex
CREATE INDEX "sigma_rule_set_id_idx" ON "sigma_rule"("set_id");

-- CreateIndex
CREATE INDEX "sigma_rule_revision_rule_id_valid_from_idx" ON "sigma_rule_revision"("rule_id", "valid_from");

-- CreateIndex
CREATE INDEX "sigma_hit_rule_id_day_idx" ON "sigma_hit"("rule_id", "day");

-- AddForeignKey
ALTER TABLE "sigma_rule" ADD CONSTRAINT "sigma_rule_set_id_fkey" FOREIGN KEY ("set_id") REFERENCES "sigma_rule_set"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON sigma_rule_set, sigma_rule, sigma_rule_revision, sigma_hit TO cordon_app;
GRANT USAGE, SELECT ON sigma_rule_set_id_seq, sigma_rule_revision_id_seq TO cordon_app;
