-- What decisions became, as it was downloaded: to be compared with later versions.
CREATE TABLE "policy_version" (
    "id" SERIAL NOT NULL,
    "content_hash" TEXT NOT NULL,
    "decisions" JSONB NOT NULL,
    "files" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "policy_version_content_hash_key" ON "policy_version"("content_hash");

GRANT SELECT, INSERT ON "policy_version" TO cordon_app;
GRANT USAGE, SELECT ON "policy_version_id_seq" TO cordon_app;
