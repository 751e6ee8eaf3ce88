-- Searches by user, parent and source file: without them the rare ones read a whole month, or all (decision 20).
-- Equal parents share an entry of the index, and a file's rows lie together: both indexes stay small.
-- CreateIndex
CREATE INDEX "execution_principal_id_occurred_at_idx" ON "execution"("principal_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "execution_parent_image_idx" ON "execution"("parent_image");

-- CreateIndex
CREATE INDEX "execution_import_file_id_idx" ON "execution" USING BRIN ("import_file_id");
