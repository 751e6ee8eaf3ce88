-- Host groups by name pattern, incidents, and work for the worker.

ALTER TABLE "host_group_member" ADD COLUMN "by_rule" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "host_group_rule" (
    "id" SERIAL NOT NULL,
    "group_id" INTEGER NOT NULL,
    "pattern" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "host_group_rule_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "host_group_rule" ADD CONSTRAINT "host_group_rule_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "host_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "incident" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT,
    "scope" JSONB NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE,
    "group_id" INTEGER,
    "account_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "argument" JSONB NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "actor_name" TEXT NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "job_state_idx" ON "job"("state");

GRANT SELECT, INSERT, UPDATE, DELETE ON host_group_rule, incident, job TO cordon_app;
GRANT USAGE, SELECT ON host_group_rule_id_seq, incident_id_seq, job_id_seq TO cordon_app;
