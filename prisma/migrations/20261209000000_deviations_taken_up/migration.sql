-- Items that somebody took up are few; every page counts its reader's.
CREATE INDEX "deviation_assignee_id_idx" ON "deviation"("assignee_id") WHERE "assignee_id" IS NOT NULL;
