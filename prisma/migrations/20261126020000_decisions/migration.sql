-- Decisions from draft to enforcement: terms, rings, approvals, delegation; and where the audit log ends.

ALTER TABLE "decision" ADD COLUMN "effect" TEXT,
  ADD COLUMN "control" TEXT,
  ADD COLUMN "decided_evidence" JSONB,
  ADD COLUMN "owner_id" UUID,
  ADD COLUMN "expires_on" DATE,
  ADD COLUMN "ticket" TEXT,
  ADD COLUMN "lapses_at" TIMESTAMPTZ(6),
  ADD COLUMN "renews_id" INTEGER,
  ADD COLUMN "batch_id" UUID,
  ADD COLUMN "exceptions_noted" DATE,
  ALTER COLUMN "evidence" DROP NOT NULL;

-- What was decided before decisions said how: a block refuses to start the binary, by the control that sees it by name.
UPDATE "decision" SET "effect" = 'execution', "control" = 'app-control' WHERE "verdict" <> 'required';

-- CreateTable
CREATE TABLE "decision_ring" (
    "id" SERIAL NOT NULL,
    "decision_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "group_ids" INTEGER[],
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "since" TIMESTAMPTZ(6),
    "watch" JSONB,
    "watched_at" TIMESTAMPTZ(6),

    CONSTRAINT "decision_ring_pkey" PRIMARY KEY ("id")
);

INSERT INTO "decision_ring" ("decision_id", "position", "name", "group_ids")
SELECT "id", 0, 'Everything in scope', '{}' FROM "decision";

-- CreateTable
CREATE TABLE "decision_approval" (
    "decision_id" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "comment" TEXT,

    CONSTRAINT "decision_approval_pkey" PRIMARY KEY ("decision_id","account_id")
);

-- CreateTable
CREATE TABLE "attempt_explanation" (
    "decision_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "attempt_explanation_pkey" PRIMARY KEY ("decision_id","kind")
);

-- CreateTable
CREATE TABLE "delegation" (
    "id" SERIAL NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "until" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "entry_id" BIGINT NOT NULL,
    "entries" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "decision_batch_id_idx" ON "decision"("batch_id");

-- CreateIndex
CREATE UNIQUE INDEX "decision_ring_decision_id_position_key" ON "decision_ring"("decision_id", "position");

-- CreateIndex
CREATE INDEX "delegation_from_id_idx" ON "delegation"("from_id");

-- CreateIndex
CREATE INDEX "delegation_to_id_idx" ON "delegation"("to_id");

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_ring" ADD CONSTRAINT "decision_ring_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_approval" ADD CONSTRAINT "decision_approval_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_approval" ADD CONSTRAINT "decision_approval_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_explanation" ADD CONSTRAINT "attempt_explanation_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_explanation" ADD CONSTRAINT "attempt_explanation_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON decision_ring, decision_approval, attempt_explanation, delegation TO cordon_app;
GRANT USAGE, SELECT ON decision_ring_id_seq, delegation_id_seq TO cordon_app;

-- Where the audit log ends. The application's role reads it; only the trigger, which runs as the owner, writes it.
GRANT SELECT ON audit_head TO cordon_app;
INSERT INTO audit_head (id, entry_id, entries, hash)
SELECT 1, coalesce((SELECT max(id) FROM audit_entry), 0), (SELECT count(*) FROM audit_entry),
  coalesce((SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1), decode(repeat('00', 32), 'hex'));
CREATE FUNCTION note_audit_head() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE audit_head SET entry_id = NEW.id, entries = entries + 1, hash = NEW.hash WHERE id = 1;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION note_audit_head() FROM PUBLIC;
CREATE TRIGGER audit_head_follows AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION note_audit_head();
