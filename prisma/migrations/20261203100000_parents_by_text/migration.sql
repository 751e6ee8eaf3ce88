-- Parents are searched by parts of their paths: each host brings some of its own, so there are too many to walk through one by one.
DROP INDEX "launch_parent_image_idx";
CREATE INDEX "launch_parent_trgm" ON "launch" USING GIN ("parent_image" gin_trgm_ops);
