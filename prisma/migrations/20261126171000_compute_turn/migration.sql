-- Several workers compute one day together: each takes some of its hosts.
CREATE TABLE "compute_turn" (
    "host_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "compute_turn_pkey" PRIMARY KEY ("host_id")
);
GRANT SELECT, INSERT, UPDATE, DELETE ON compute_turn TO cordon_app;
