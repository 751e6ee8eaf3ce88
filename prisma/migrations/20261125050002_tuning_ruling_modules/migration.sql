-- Rulings bind to what was loaded, where that is reported.

ALTER TABLE "ruling" ADD COLUMN "modules" JSONB;
