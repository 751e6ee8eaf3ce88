-- CreateTable
CREATE TABLE "sign_in_refusal" (
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,
    "addresses" TEXT[],

    CONSTRAINT "sign_in_refusal_pkey" PRIMARY KEY ("action","subject")
);

GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_refusal TO cordon_app;
