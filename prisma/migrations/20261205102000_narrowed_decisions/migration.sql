-- An approval may let a decision hold in fewer places than it was proposed for, which are kept.
ALTER TABLE "decision" ADD COLUMN "proposed_scope" JSONB;
