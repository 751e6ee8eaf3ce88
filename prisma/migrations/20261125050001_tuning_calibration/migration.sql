-- The threshold of what people see, and how it came to be.

-- CreateTable
CREATE TABLE "calibration" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "through_day" DATE NOT NULL,
    "quiet_days" INTEGER NOT NULL,
    "items_a_day" INTEGER NOT NULL,
    "threshold_millibits" INTEGER NOT NULL,
    "expected_thousandths" INTEGER,
    "proposed_millibits" INTEGER,
    "proposed_thousandths" INTEGER,
    "decision" TEXT,
    "account_id" UUID,

    CONSTRAINT "calibration_pkey" PRIMARY KEY ("id")
);

GRANT SELECT, INSERT, UPDATE, DELETE ON calibration TO cordon_app;
GRANT USAGE, SELECT ON calibration_id_seq TO cordon_app;
